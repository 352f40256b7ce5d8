"""What does `borderpass verify` do with files that are not what they should be, and with calls that make no sense?"""

import json
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from borderpass.cli.verify import _MAX_BYTES, _verify
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Verdict
from borderpass.pictures.magic import JPEG_MAGIC, PDF_MAGIC, PNG_MAGIC
from borderpass.signing.file_keystore import read_public_pem
from borderpass.wire.bundle import read_bundle
from tests.cli.running import environment
from tests.pictures.sample_codes import code_picture, png_of_announced_size, side_by_side, written


def public_pem(key) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def refused(borderpass, demo, tmp_path):
    """Verify some bytes as a file; check that they are refused as no pass, and return the detail."""

    def call(content: bytes, name: str = "input"):
        path = tmp_path / name
        path.write_bytes(content)
        ran = borderpass("verify", "--json", *demo.with_what, path)
        assert (ran.status, ran.err) == (1, "")
        answer = json.loads(ran.out)
        assert (answer["verdict"], answer["reasons"], answer["holder"]) == ("REFUSE", ["NOT_A_PASS"], {})
        return answer["detail"]

    return call


def test_an_empty_file_is_no_pass(refused):
    assert refused(b"")


def test_bytes_that_are_nothing_are_no_pass(refused):
    assert refused(bytes(range(256)) * 20)


def test_a_text_about_something_else_is_no_pass(refused):
    assert refused("សួស្តី\n".encode())


def test_a_picture_without_a_code_says_so(refused):
    assert refused(written(Image.new("L", (300, 300), "white"))) == "no QR code found in the picture"


def test_a_picture_of_another_code_is_no_pass(refused):
    assert refused(written(code_picture("HTTPS://EXAMPLE"))) == "three characters above 65535"


def test_two_passes_in_one_picture_are_shown_one_by_one(refused, demo):
    both = side_by_side(*(Image.open(path.with_suffix(".png")) for path in (demo.good, demo.revoked)))
    assert refused(written(both)) == "2 passes in one picture: show them one by one"


def test_a_pass_beside_a_shop_s_code_is_still_a_pass(borderpass, demo, tmp_path):
    beside = side_by_side(code_picture("HTTPS://EXAMPLE"), Image.open(demo.good.with_suffix(".png")))
    (tmp_path / "both.png").write_bytes(written(beside))
    assert borderpass("verify", *demo.with_what, tmp_path / "both.png").status == 0


@pytest.mark.parametrize("suffix", [".png", ".pdf"])
@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_a_cut_file_is_refused(refused, demo, suffix, part):
    content = demo.good.with_suffix(suffix).read_bytes()
    assert "can be opened" in refused(content[: int(len(content) * part)])


def test_a_picture_that_unpacks_to_gigabytes_is_not_unpacked(refused):
    assert refused(png_of_announced_size(60_000, 60_000)) == "more than 60 megapixels"


def test_a_file_of_40_megabytes_is_not_read(refused):
    assert refused(b"%PDF-" + bytes(40_000_000)) == "larger than 32 MiB"
    assert refused(b"NCFP" + b"A" * 40_000_000) == "larger than 32 MiB"


def test_no_more_than_the_cap_is_read_of_what_never_ends(borderpass, demo):
    ran = borderpass("verify", *demo.with_what, "/dev/zero")
    assert ran.status == 1
    assert "larger than 32 MiB" in ran.out
    assert _MAX_BYTES == 32 * 1024 * 1024


def test_one_bad_input_does_not_hide_the_others(borderpass, demo, tmp_path):
    (tmp_path / "bad").write_bytes(b"\0")
    ran = borderpass("verify", "--json", *demo.with_what, demo.good, tmp_path / "bad", demo.good)
    assert [json.loads(line)["verdict"] for line in ran.out.splitlines()] == ["ADMIT", "REFUSE", "ADMIT"]
    assert ran.status == 1


def test_a_missing_file_and_a_folder_are_bad_usage(borderpass, demo, tmp_path):
    missing = tmp_path / "missing.txt"
    line = borderpass("verify", *demo.with_what, demo.good, missing).refusal(2)
    assert line == f"borderpass verify: cannot read {missing}: No such file or directory"
    assert "Is a directory" in borderpass("verify", *demo.with_what, tmp_path).refusal(2)


def test_standard_input_is_read_once(borderpass, demo):
    assert "once" in borderpass("verify", *demo.with_what, "-", "-").refusal(2)


def test_an_unknown_checkpoint_is_bad_usage_that_names_those_there_are(borderpass, demo):
    line = borderpass("verify", *demo.with_what, "--checkpoint", "aranyaprathet", demo.good).refusal(2)
    assert "'aranyaprathet'" in line
    assert "poipet" in line


@pytest.mark.parametrize(
    "at",
    ["yesterday", "", "2026-13-01", "2026-11-22T25:00", "1969-12-31T23:00Z", "9999-12-31T20:00Z", "0001-01-01", "1e9"],
)
def test_an_instant_that_is_none_is_bad_usage(borderpass, demo, at):
    assert borderpass("verify", *demo.with_what, "--at", at, demo.good).refusal(2).startswith("borderpass verify: --at")


@pytest.mark.parametrize("at", ["1970-01-01T07:00", "9998-12-31T23:59:59Z", "2026-11-22", "2026-11-22T08:30+02:00"])
def test_the_first_and_the_last_instant_are_instants(borderpass, demo, at):
    assert borderpass("verify", *demo.with_what, "--at", at, demo.good).err == ""


def test_a_bundle_of_another_root_is_not_used(borderpass, demo, tmp_path):
    (tmp_path / "root.pem").write_bytes(public_pem(ec.generate_private_key(ec.SECP256R1())))
    line = borderpass("verify", "--bundle", demo.home / "bundle.cbor", "--root", tmp_path / "root.pem", demo.good)
    assert line.refusal(2).startswith("borderpass verify: the bundle cannot be used: ")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        public_pem(ec.generate_private_key(ec.SECP384R1())),
        public_pem(rsa.generate_private_key(65537, 1024)),
    ],
    ids=["empty", "garbage", "hollow", "P-384", "RSA"],
)
def test_a_root_that_is_no_p256_key_is_refused(borderpass, demo, tmp_path, content):
    (tmp_path / "root.pem").write_bytes(content)
    ran = borderpass("verify", "--bundle", demo.home / "bundle.cbor", "--root", tmp_path / "root.pem", demo.good)
    assert "the bundle cannot be used" in ran.refusal(2)


@pytest.mark.parametrize("kind", ["empty", "garbage", "cut", "changed", "a trust list", "too long"])
def test_a_bundle_that_is_none_is_refused(borderpass, demo, tmp_path, kind):
    whole = (demo.home / "bundle.cbor").read_bytes()
    content = {
        "empty": b"",
        "garbage": b"\x00" * 1000,
        "cut": whole[:-1],
        "changed": whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
        "a trust list": (demo.home / "trust.cbor").read_bytes(),
        "too long": whole + b"\0",
    }[kind]
    (tmp_path / "bundle.cbor").write_bytes(content)
    ran = borderpass("verify", "--bundle", tmp_path / "bundle.cbor", "--root", demo.home / "root.pem", demo.good)
    assert "the bundle cannot be used" in ran.refusal(2)


def test_bundle_and_root_go_together(borderpass, demo):
    for words in (demo.with_what[:2], demo.with_what[2:]):
        assert "give both --bundle and --root" in borderpass("verify", *words, demo.good).refusal(2)


def test_a_cold_start_on_a_text_loads_no_web_no_database_and_no_pictures(demo, tmp_path):
    snippet = (
        "import sys; from borderpass.cli.main import main; status = main(sys.argv[1:]);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(status)"
    )
    words = ["verify", *demo.with_what, "--checkpoint", "poipet", demo.good]
    ran = subprocess.run(
        [sys.executable, "-c", snippet, *words], capture_output=True, text=True, env=environment(tmp_path), check=True
    )
    loaded = set(ran.stderr.split())
    assert {"borderpass", "cbor2", "cryptography"} <= loaded
    heavy = {"django", "ninja", "pydantic", "granian", "numpy", "cv2", "PIL", "zxingcpp", "pypdfium2", "typst", "rich"}
    assert loaded & (heavy | {"sqlite3", "psycopg", "yaml", "dj_database_url"}) == set()


@pytest.fixture(scope="module")
def bundle(demo):
    return read_bundle((demo.home / "bundle.cbor").read_bytes(), read_public_pem((demo.home / "root.pem").read_bytes()))


BEGINNINGS = st.sampled_from([b"", b"NCFP", PNG_MAGIC, JPEG_MAGIC, b"RIFF\x10\0\0\0WEBP", PDF_MAGIC])


@settings(max_examples=150, deadline=None)
@given(st.builds(bytes.__add__, BEGINNINGS, st.binary(max_size=600)))
def test_any_bytes_have_an_outcome_and_it_is_not_admit(bundle, content):
    outcome = _verify(content, Scan(), bundle, bundle.issued_at)
    assert outcome.decision.verdict is not Verdict.ADMIT
    assert outcome.decision.reasons
    assert outcome.credential is None


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_papers_have_an_outcome_too(bundle, demo, data):
    content = bytearray(demo.good.with_suffix(data.draw(st.sampled_from([".pdf", ".txt"]))).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcome = _verify(bytes(content), Scan(), bundle, bundle.issued_at)
    assert outcome.credential is None or outcome.credential.pass_.number == demo.good.stem


def test_a_picture_of_the_pass_reads_in_any_format(borderpass, demo, tmp_path):
    picture = Image.open(demo.good.with_suffix(".png")).convert("RGB")
    for kind in ("JPEG", "WEBP"):
        path = tmp_path / kind
        path.write_bytes(written(picture, kind, quality=80))
        borderpass("verify", *demo.with_what, path).done()
