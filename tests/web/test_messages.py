"""Is every text of the screens there in Khmer and in Thai, and compiled?"""

import gettext
import re
import unicodedata

import pytest
from tools.build_messages import (
    LANGUAGES,
    LOCALE,
    MessagesError,
    Text,
    compile_catalogue,
    find_faults,
    find_texts,
    main,
    read_catalogue,
)

_SCRIPT = {"km": re.compile(r"[\u1780-\u17ff]"), "th": re.compile(r"[\u0e00-\u0e7f]")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_left_over_or_without_its_placeholders(language: str) -> None:
    catalogue = read_catalogue(LOCALE / language / "LC_MESSAGES" / "django.po")
    assert find_faults(catalogue, find_texts()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_is_in_the_languages_letters_and_normal_form(language: str) -> None:
    for text, said in read_catalogue(LOCALE / language / "LC_MESSAGES" / "django.po").items():
        if text.msgid:
            assert _SCRIPT[language].search(said), text
            assert unicodedata.is_normalized("NFC", said), text
            assert said == said.strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    catalogue = read_catalogue(folder / "django.po")
    assert (folder / "django.mo").read_bytes() == compile_catalogue(catalogue)
    with (folder / "django.mo").open("rb") as file:
        read = gettext.GNUTranslations(file)
    for text, said in catalogue.items():
        if text.context:
            assert read.pgettext(text.context, text.msgid) == said
        elif text.plural:
            assert read.ngettext(text.msgid, text.plural, 5) == said
        elif text.msgid:
            assert read.gettext(text.msgid) == said


def test_the_check_has_nothing_to_say() -> None:
    assert main(["--check"]) == 0


def test_texts_are_found_in_templates_and_in_code() -> None:
    texts = find_texts()
    assert {Text("Sign in"), Text("Admit"), Text("Male", context="sex")} <= texts
    assert Text("%(count)s day", plural="%(count)s days") in texts


@pytest.mark.parametrize(
    "broken",
    ['msgid "a"\n', 'msgid "a"\nmsgstr "b\n', "nonsense\n", 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n'],
)
def test_a_broken_catalogue_is_named(tmp_path: object, broken: str) -> None:
    from pathlib import Path

    po = Path(str(tmp_path)) / "django.po"
    po.write_text(broken, encoding="utf-8")
    with pytest.raises(MessagesError):
        read_catalogue(po)


def test_what_is_missing_left_over_or_changed_is_named() -> None:
    catalogue = {Text(""): "head", Text("a"): "", Text("%(n)s b"): "b", Text("old"): "o"}
    assert find_faults(catalogue, {Text("a"), Text("%(n)s b"), Text("new")}) == [
        "not translated: 'new'",
        "not used any more: 'old'",
        "other placeholders: '%(n)s b'",
        "not translated: 'a'",
    ]
