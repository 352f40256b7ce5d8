"""The QR symbol of a pass: alphanumeric, error correction M, the smallest version, and its size on paper."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from tests.printing.sample_papers import BASE45, base45_text

from borderpass.printing.qr_symbol import SymbolError, make_symbol, module_mm, symbol_mm

# ISO/IEC 18004 table 7: characters of the alphanumeric mode at M.
CAPACITIES = [(1, 20), (2, 38), (5, 122), (10, 311), (13, 483), (20, 970), (25, 1451), (30, 1994), (40, 3391)]


@pytest.mark.parametrize(("version", "characters"), CAPACITIES)
def test_a_version_is_used_up_to_its_last_alphanumeric_character_at_m(version: int, characters: int) -> None:
    symbol = make_symbol(base45_text(characters))
    assert (symbol.version, symbol.modules) == (version, 17 + 4 * version)


@pytest.mark.parametrize(("version", "characters"), CAPACITIES[:-1])
def test_one_character_more_takes_the_next_version(version: int, characters: int) -> None:
    assert make_symbol(base45_text(characters + 1)).version == version + 1


@pytest.mark.parametrize("length", [1, 465, 507, 1151, 1430, 3391])
def test_a_reader_gets_the_text_back_at_level_m(length: int) -> None:
    symbol = make_symbol(base45_text(length))
    picture = Image.frombytes("L", (symbol.modules, symbol.modules), b"".join(symbol.rows))
    with_quiet_zone = Image.new("L", (symbol.modules + 8, symbol.modules + 8), 255)
    with_quiet_zone.paste(picture, (4, 4))
    width = with_quiet_zone.width * 4
    read = zxingcpp.read_barcodes(with_quiet_zone.resize((width, width), Image.Resampling.NEAREST))
    assert [(barcode.text, barcode.ec_level) for barcode in read] == [(base45_text(length), "M")]


def test_every_character_of_base45_is_taken() -> None:
    assert make_symbol(BASE45 * 10).version == make_symbol(base45_text(450)).version


@pytest.mark.parametrize("text", ["", "abc", "HELLO WORLD\n", "ស្រុក", "A" * 100 + "é"])
def test_text_that_is_not_base45_is_refused(text: str) -> None:
    with pytest.raises(SymbolError, match="must be Base45"):
        make_symbol(text)


def test_text_that_no_version_holds_is_refused() -> None:
    with pytest.raises(SymbolError, match="no QR symbol holds 3392 characters"):
        make_symbol(base45_text(3392))


def test_the_same_text_gives_the_same_symbol() -> None:
    assert make_symbol(base45_text(900)) == make_symbol(base45_text(900))


def test_svg_holds_the_quiet_zone_and_one_path_of_dark_runs() -> None:
    symbol = make_symbol("A")
    assert 'viewBox="-4 -4 29 29"' in symbol.svg
    assert symbol.svg.count("<path") == 2
    assert "M0 0H7v1H0z" in symbol.svg


def test_fifty_millimetres_hold_117_modules_of_0_4_with_the_quiet_zone() -> None:
    assert module_mm(50.0, 117) == pytest.approx(0.4)
    assert symbol_mm(0.4, 117) == pytest.approx(50.0)
    assert module_mm(symbol_mm(0.5, 69), 69) == pytest.approx(0.5)


def test_the_rows_are_one_byte_a_module() -> None:
    symbol = make_symbol("BORDER PASS")
    assert {len(row) for row in symbol.rows} == {symbol.modules}
    assert set(b"".join(symbol.rows)) == {0, 255}
    assert BytesIO(symbol.rows[0]).read(7) == bytes(7)
