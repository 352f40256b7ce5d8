"""Do the reason codes keep their promises, and does their generator refuse what it must?"""

import ast
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from tools.build_reasons import LANGUAGES, SOURCE, TARGET, ReasonsError, main, read_reasons, render

from borderpass.domain.reasons import Reason
from borderpass.domain.verdicts import Direction, ReasonClass, Verdict

ADMIT, REFER, REFUSE = Verdict.ADMIT, Verdict.REFER, Verdict.REFUSE

# Written out once more, so that a change of a verdict or of an order is a change of two files.
EXPECTED = [
    ("NOT_A_PASS", "authenticity", REFUSE, REFUSE),
    ("MALFORMED", "authenticity", REFUSE, REFUSE),
    ("ISSUER_UNKNOWN", "authenticity", REFUSE, REFUSE),
    ("SIGNATURE_INVALID", "authenticity", REFUSE, REFUSE),
    ("SIGNED_OUT_OF_TERM", "authenticity", REFUSE, REFUSE),
    ("ISSUER_MISMATCH", "authenticity", REFUSE, REFUSE),
    ("OUTSIDE_JURISDICTION", "authenticity", REFUSE, REFUSE),
    ("ISSUER_WITHDRAWN", "authenticity", REFUSE, REFUSE),
    ("NEVER_ISSUED", "authenticity", REFUSE, REFUSE),
    ("SPECIMEN", "authenticity", REFUSE, REFUSE),
    ("CLOCK_WRONG", "device", REFER, REFER),
    ("BUNDLE_EXPIRED", "device", REFER, REFER),
    ("STATUS_UNKNOWN", "device", REFER, REFER),
    ("REVOKED", "rule", REFUSE, REFER),
    ("SUSPENDED", "rule", REFUSE, REFER),
    ("ISSUER_EXPIRED", "rule", REFUSE, REFER),
    ("NOT_YET_VALID", "rule", REFUSE, REFER),
    ("EXPIRED", "rule", REFUSE, REFER),
    ("CHECKPOINT_UNKNOWN", "rule", REFER, REFER),
    ("CHECKPOINT_CLOSED", "rule", REFUSE, REFER),
    ("OUTSIDE_HOURS", "rule", REFUSE, REFER),
    ("PASS_NOT_ACCEPTED_HERE", "rule", REFUSE, REFER),
    ("QUOTA_REACHED", "rule", REFUSE, REFER),
    ("ALREADY_ACROSS", "rule", REFER, REFER),
    ("NOT_ACROSS", "rule", REFER, REFER),
    ("STAY_EXCEEDED", "rule", REFER, REFER),
    ("BUNDLE_STALE", "notice", ADMIT, ADMIT),
]

# The field's words of docs/glossary.md that a sentence must not paraphrase.
GATE_COMMANDER = {"en": "gate commander", "km": "មេបញ្ជាការច្រក", "th": "หัวหน้าด่าน"}
REFER_WORDS = {"en": "refer", "km": "បញ្ជូនទៅត្រួតពិនិត្យបន្ថែម", "th": "ส่งตรวจเพิ่มเติม"}
COMING_HOME = {"en": "if coming home, refer", "km": "បើចូលមកវិញ សូមបញ្ជូន", "th": "หากกลับเข้ากัมพูชา ให้ส่งตรวจ"}

# A Khmer cluster: base letter, then register shifter or subscripts, one vowel, signs. NFC does not put these
# in order, and two orders that look the same would not compare equal.
KHMER_CLUSTER = r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17a2]|[\u17c9\u17ca])*[\u17b6-\u17c5]?[\u17c6-\u17c8\u17cb-\u17d1]*"
KHMER_SENTENCE = re.compile(rf"(?:{KHMER_CLUSTER}|[0-9 ,;:()\u17d4\u17d6-])+\u17d4")

GOOD = """
EXPIRED:
  class: rule
  exit: REFUSE
  entry: REFER
  text: {en: Over., km: "ផុត។", th: "หมดอายุ"}
  next: {en: Refer., km: "បញ្ជូន។", th: "ส่งตรวจ"}
"""

each_reason = pytest.mark.parametrize("reason", list(Reason), ids=lambda reason: reason.value)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def sentences(reason: Reason, language: str) -> tuple[str, str]:
    return reason.text(language), reason.next_step(language)


def test_the_generated_file_is_up_to_date() -> None:
    assert main(["--check"]) == 0


def test_codes_classes_verdicts_and_order_are_as_agreed() -> None:
    table = [
        (r.value, r.reason_class.value, r.verdict_on(Direction.EXIT), r.verdict_on(Direction.ENTRY)) for r in Reason
    ]
    assert table == EXPECTED


def test_priority_counts_in_the_order_of_display() -> None:
    assert [reason.priority for reason in Reason] == list(range(len(EXPECTED)))


def test_the_strictest_of_several_verdicts_is_their_max() -> None:
    assert max(ADMIT, REFUSE, REFER) is REFUSE
    assert max(ADMIT, REFER) is REFER


@each_reason
def test_nobody_is_locked_out_of_their_own_country_by_a_rule(reason: Reason) -> None:
    if reason.reason_class is ReasonClass.RULE:
        assert reason.verdict_on(Direction.ENTRY) is REFER


@each_reason
def test_a_pass_that_is_not_genuine_is_refused_both_ways(reason: Reason) -> None:
    refused_both_ways = all(reason.verdict_on(direction) is REFUSE for direction in Direction)
    assert refused_both_ways == (reason.reason_class is ReasonClass.AUTHENTICITY)


@each_reason
def test_trouble_of_the_device_never_refuses_a_traveller(reason: Reason) -> None:
    if reason.reason_class is ReasonClass.DEVICE:
        assert {reason.verdict_on(direction) for direction in Direction} == {REFER}


@each_reason
@each_language
def test_every_reason_speaks_every_language_in_nfc(reason: Reason, language: str) -> None:
    for sentence in sentences(reason, language):
        assert sentence
        assert unicodedata.is_normalized("NFC", sentence)


@each_reason
def test_khmer_is_khmer_in_well_formed_clusters_and_ends_in_khan(reason: Reason) -> None:
    for sentence in sentences(reason, "km"):
        assert KHMER_SENTENCE.fullmatch(sentence)


@each_reason
def test_thai_is_thai(reason: Reason) -> None:
    for sentence in sentences(reason, "th"):
        assert re.fullmatch(r"[\u0e01-\u0e3a\u0e40-\u0e4e0-9 ,;:()-]+", sentence)


@each_reason
@each_language
def test_a_pass_that_is_not_genuine_says_whom_to_call(reason: Reason, language: str) -> None:
    if reason.reason_class is ReasonClass.AUTHENTICITY:
        assert GATE_COMMANDER[language] in reason.next_step(language)


@each_reason
@each_language
def test_a_refusal_on_exit_says_that_who_comes_home_is_referred(reason: Reason, language: str) -> None:
    if (reason.verdict_on(Direction.EXIT), reason.verdict_on(Direction.ENTRY)) == (REFUSE, REFER):
        assert COMING_HOME[language] in reason.next_step(language)


@each_reason
@each_language
def test_what_is_referred_says_so(reason: Reason, language: str) -> None:
    if reason.verdict_on(Direction.ENTRY) is REFER:
        assert REFER_WORDS[language] in reason.next_step(language).lower()


def test_a_reason_is_found_by_its_code_and_can_be_a_key() -> None:
    assert Reason("EXPIRED") is Reason.EXPIRED
    assert {Reason.EXPIRED: 1}[Reason("EXPIRED")] == 1


def test_an_unknown_language_or_code_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        Reason.EXPIRED.text("fr")
    with pytest.raises(ValueError, match="NO_SUCH_CODE"):
        Reason("NO_SUCH_CODE")


def test_the_generated_module_imports_only_the_standard_library_and_its_verdicts() -> None:
    tree = ast.parse(TARGET.read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(isinstance(node, ast.Import) for node in ast.walk(tree))
    ours = {name for name in modules if name.split(".")[0] not in sys.stdlib_module_names}
    assert ours == {"borderpass.domain.verdicts"}


def test_rendering_depends_on_the_yaml_alone() -> None:
    source = SOURCE.read_text(encoding="utf-8")
    assert render(read_reasons(source)) == render(read_reasons(source)) == TARGET.read_text(encoding="utf-8")


def test_a_good_entry_is_read() -> None:
    (entry,) = read_reasons(GOOD)
    assert entry.code == "EXPIRED"
    assert entry.reason_class is ReasonClass.RULE
    assert entry.verdicts == {Direction.EXIT: REFUSE, Direction.ENTRY: REFER}
    assert entry.text["km"] == "ផុត។"


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("  exit: REFUSE", "  exit: REFUSE\n  colour: red", r"EXPIRED: 'colour' is unknown"),
        ("  class: rule\n", "", r"EXPIRED: class is missing"),
        ("class: rule", "class: law", r"EXPIRED: class 'law' is unknown"),
        ("class: rule", "class: [rule]", r"EXPIRED: class \['rule'\] is unknown"),
        ("exit: REFUSE", "exit: STOP", r"EXPIRED: exit verdict 'STOP' is unknown"),
        ("exit: REFUSE", "exit: 2", r"EXPIRED: exit verdict 2 is unknown"),
        ("entry: REFER", "entry: REFUSE", r"EXPIRED: class rule is never REFUSE on entry"),
        ("entry: REFER", "entry: ADMIT", r"EXPIRED: class rule is never ADMIT on entry"),
        ("class: rule", "class: authenticity", r"EXPIRED: class authenticity is never REFER on entry"),
        ("class: rule", "class: device", r"EXPIRED: class device is never REFUSE on exit"),
        ("class: rule", "class: notice", r"EXPIRED: class notice is never REFUSE on exit"),
        (', th: "หมดอายุ"', "", r"EXPIRED\.text: th is missing"),
        ("en: Refer.", "fr: Non., en: Refer.", r"EXPIRED\.next: 'fr' is unknown"),
        ("en: Over.", "en:", r"EXPIRED\.text\.en: give one sentence"),
        ("en: Over.", "en: 'Over. '", r"EXPIRED\.text\.en: give one sentence"),
        ("en: Over.", "en: 7", r"EXPIRED\.text\.en: give one sentence"),
        ("en: Over.", f"en: {'o' * 85}", r"EXPIRED\.text\.en: longer than 84 columns"),
        ("en: Over.", "en: 'Ove\\r'", r"EXPIRED\.text\.en: these do not belong"),
        ("ផុត។", "ផុត QR។", r"EXPIRED\.text\.km: these do not belong to the script: 'Q' 'R'"),
        ("ផុត។", "ផុត\u200b។", r"EXPIRED\.text\.km: these do not belong to the script: '\\u200b'"),
        ("ส่งตรวจ", "ส่ง check", r"EXPIRED\.next\.th: these do not belong"),
        ("en: Over.", "en: 'Cafe\u0301'", r"EXPIRED\.text\.en: the sentence is not in Unicode form NFC"),
        (
            'text: {en: Over., km: "ផុត។", th: "หมดอายุ"}',
            "text: Over.",
            r"EXPIRED\.text: give a map of en, km, th",
        ),
        ("EXPIRED:", "Expired:", r"Expired: a code is written in capitals"),
        ("EXPIRED:", "12:", r"12: a code is written in capitals"),
        ("  class: rule", "  class: rule\n  class: rule", r"class: given twice, again in line 4"),
        ("EXPIRED:", "EXPIRED: {}\nEXPIRED:", r"EXPIRED: given twice, again in line 3"),
        ("  class: rule", "  class: {", r"not YAML: "),
        (GOOD, "", r"the file must be a map"),
        (GOOD, "- EXPIRED", r"the file must be a map"),
        (GOOD, "EXPIRED: over", r"EXPIRED: give a map of class, exit, entry, text, next"),
    ],
)
def test_the_generator_refuses(good: str, bad: str, message: str) -> None:
    assert good in GOOD
    with pytest.raises(ReasonsError, match=message):
        read_reasons(GOOD.replace(good, bad))


def test_check_tells_an_old_file_and_a_run_renews_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "reasons.yaml", tmp_path / "reasons.py"
    source.write_text(GOOD, encoding="utf-8")
    assert main(["--check"], source, target) == 1
    assert not target.exists()
    assert "run python tools/build_reasons.py" in capsys.readouterr().err
    assert main([], source, target) == 0
    assert main(["--check"], source, target) == 0


def test_a_bad_source_leaves_the_old_file_and_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "reasons.yaml", tmp_path / "reasons.py"
    source.write_text(GOOD.replace("entry: REFER", "entry: REFUSE"), encoding="utf-8")
    target.write_text("old", encoding="utf-8")
    assert main([], source, target) == 1
    assert target.read_text(encoding="utf-8") == "old"
    assert capsys.readouterr().err == "reasons.yaml: EXPIRED: class rule is never REFUSE on entry\n"
