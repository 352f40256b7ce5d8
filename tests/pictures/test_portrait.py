"""What becomes of the files that people send as a photo: the good ones, the odd ones and the hostile ones."""

import struct
import subprocess
import sys
import tracemalloc
import zlib
from io import BytesIO

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps, PngImagePlugin

from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.portrait import (
    MAX_FILE_BYTES,
    Concern,
    PictureRefused,
    Portrait,
    Refusal,
    read_portrait,
)

INVERSE_TURN = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
SECRET = b"LOCATION-13.657N-102.563E"


def _person() -> Image.Image:
    return Image.open(BytesIO(draw_face(21, 1, 36))).convert("RGB").resize((480, 600))


def _quarters() -> Image.Image:
    """A 4:5 picture without a face, so kept whole, that shows each way it may be turned or flipped."""
    picture = Image.new("RGB", (320, 400), (40, 90, 160))
    picture.paste((220, 60, 40), (0, 0, 160, 200))
    picture.paste((240, 220, 130), (160, 200, 320, 400))
    return picture


PERSON = _person()
QUARTERS = _quarters()


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    if kind == "HEIC":
        pillow_heif.from_pillow(image).save(buffer, quality=80, **options)
    else:
        image.save(buffer, kind, **options)
    return buffer.getvalue()


def shown(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def difference(one: bytes, other: bytes) -> float:
    """Mean absolute difference of two pictures, in levels of 255, at 64x80."""
    first, second = (np.asarray(shown(data).resize((64, 80)), dtype=float) for data in (one, other))
    return float(np.abs(first - second).mean())


def refusal(data: bytes) -> PictureRefused:
    with pytest.raises(PictureRefused) as caught:
        read_portrait(data)
    return caught.value


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of_zeros(width: int, height: int, *, rows: int) -> bytes:
    """A PNG whose header promises width x height and whose data holds `rows` rows of black."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(width + 1)) for _ in range(rows)) + packer.flush()
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")


def display_p3() -> bytes:
    """A small ICC profile with the primaries of the Display P3 that phones write."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in (x, y, z)))

    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(2.2 * 256), 0)
    name = b"desc\0\0\0\0" + struct.pack(">I", len(SECRET) + 1) + SECRET + bytes(80)
    name += bytes(-len(name) % 4)
    tags = {
        b"desc": name,
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.5151, 0.2412, -0.0011),
        b"gXYZ": xyz(0.2920, 0.6922, 0.0419),
        b"bXYZ": xyz(0.1571, 0.0666, 0.7841),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(value))
        body += value
    size = 128 + len(table) + len(body)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2026, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


# --- what a phone makes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_every_format_gives_both_pictures(kind: str) -> None:
    portrait = read_portrait(written(PERSON, kind))
    assert portrait.face_found
    assert portrait.warnings == ()
    assert len(portrait.face_webp) <= 600
    assert shown(portrait.face_webp).size == (64, 80)
    printed = Image.open(BytesIO(portrait.print_jpeg))
    assert (printed.format, printed.mode) == ("JPEG", "RGB")
    assert printed.width / printed.height == pytest.approx(0.8, abs=0.01)


def test_print_is_960_by_1200_at_most_and_never_enlarged() -> None:
    assert shown(read_portrait(written(PERSON.resize((2400, 3000)), "JPEG")).print_jpeg).size == (960, 1200)
    assert shown(read_portrait(written(PERSON, "JPEG")).print_jpeg).height <= 600


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_turned_upright(kind: str, orientation: int) -> None:
    turn = INVERSE_TURN[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = QUARTERS if turn is None else QUARTERS.transpose(turn)
    portrait = read_portrait(written(stored, kind, exif=exif.tobytes()))
    assert difference(portrait.print_jpeg, written(QUARTERS, "PNG")) < 3


def test_heic_that_is_stored_turned_is_turned_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = written(QUARTERS.transpose(Image.Transpose.ROTATE_90), "HEIC", exif=exif.tobytes())
    assert difference(read_portrait(stored).print_jpeg, written(QUARTERS, "PNG")) < 3


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_damaged_exif_does_not_spoil_a_good_photo() -> None:
    portrait = read_portrait(written(PERSON, "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    assert portrait.face_found


def test_display_p3_becomes_srgb() -> None:
    soft_red = Image.new("RGB", (300, 300), (200, 100, 100))
    red, green, blue = shown(read_portrait(written(soft_red, "PNG", icc_profile=display_p3())).print_jpeg).getpixel(
        (50, 50)
    )  # type: ignore[misc]
    assert red > 208
    assert green < 98
    assert blue < 102


def test_profile_that_does_not_fit_is_passed_over() -> None:
    grey = ImageOps.grayscale(PERSON)
    for profile in (display_p3(), b"not a profile"):
        assert read_portrait(written(grey, "JPEG", icc_profile=profile)).face_found


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (QUARTERS.convert("CMYK"), "JPEG"),
        (QUARTERS.convert("L"), "JPEG"),
        (QUARTERS.convert("L").convert("I").point(lambda value: value * 257).convert("I;16"), "PNG"),
        (QUARTERS.convert("1"), "PNG"),
        (QUARTERS.quantize(8), "PNG"),
        (QUARTERS.convert("LA"), "PNG"),
        (QUARTERS.convert("RGBA"), "WEBP"),
    ],
    ids=["CMYK", "grey", "16 bits", "black and white", "palette", "grey and alpha", "alpha"],
)
def test_odd_colour_modes_look_as_they_should(picture: Image.Image, kind: str) -> None:
    coloured = picture.mode in ("CMYK", "P", "RGBA")
    wanted = QUARTERS if coloured else QUARTERS.convert("L")
    assert difference(read_portrait(written(picture, kind)).print_jpeg, written(wanted, "PNG")) < 4


@pytest.mark.parametrize("palette", [False, True])
def test_transparent_parts_are_laid_on_white(palette: bool) -> None:
    clear = Image.new("RGBA", (200, 250), (0, 0, 0, 0))
    data = written(clear.quantize(4) if palette else clear, "PNG")
    assert shown(read_portrait(data).print_jpeg).getpixel((20, 20)) == (255, 255, 255)


def test_burst_in_one_heic_gives_the_primary_picture() -> None:
    burst = pillow_heif.from_pillow(Image.new("RGB", (480, 600), "navy"))
    burst.add_from_pillow(PERSON)
    buffer = BytesIO()
    burst.save(buffer, quality=80, primary_index=1)
    assert read_portrait(buffer.getvalue()).face_found


# --- nothing of the source is kept ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_no_metadata_survives(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    options: dict[str, object] = {"exif": exif.tobytes(), "icc_profile": display_p3()}
    if kind == "JPEG":
        options |= {"comment": SECRET, "xmp": b"<x:xmpmeta>" + SECRET}
    elif kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", SECRET.decode())
        options["pnginfo"] = text
    else:
        options["xmp"] = b"<x:xmpmeta>" + SECRET
    sent = written(PERSON, kind, **options)
    portrait = read_portrait(sent)
    assert SECRET in sent
    for kept in (portrait.print_jpeg, portrait.face_webp):
        for trace in (SECRET, b"Exif", b"ICC", b"xmp", b"XMP", b"EXIF"):
            assert trace not in kept
    assert set(Image.open(BytesIO(portrait.print_jpeg)).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }


# --- what a person should look at -----------------------------------------------------------------------


def test_no_face_is_a_warning_and_the_upper_middle_is_kept() -> None:
    portrait = read_portrait(written(Image.new("RGB", (600, 900), "teal"), "PNG"))
    assert not portrait.face_found
    assert portrait.warnings == (Concern.NO_FACE_FOUND,)
    assert shown(portrait.print_jpeg).size == (600, 750)


def test_small_photo_is_kept_with_a_warning() -> None:
    portrait = read_portrait(written(PERSON.resize((160, 200)), "JPEG"))
    assert Concern.FEW_PIXELS in portrait.warnings


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"Name: Sokha\nBorn: 1990-01-01\n" * 50,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>',
        written(PERSON, "GIF"),
        written(PERSON, "BMP"),
        written(PERSON, "TIFF"),
    ],
    ids=["empty", "one byte", "text", "PDF", "SVG", "GIF", "BMP", "TIFF"],
)
def test_other_files_are_no_pictures(data: bytes) -> None:
    refused = refusal(data)
    assert refused.code is Refusal.NOT_A_PICTURE
    assert "JPEG, PNG, WebP or HEIC" in refused.message


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_file_cut_short_is_damaged(kind: str, share: float) -> None:
    data = written(PERSON, kind)
    refused = refusal(data[: int(len(data) * share)])
    assert refused.code is Refusal.DAMAGED
    assert "send it again" in refused.message


def test_file_that_only_begins_like_a_picture_is_damaged() -> None:
    for start in (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBP", b"\0\0\0\x18ftypheic"):
        assert refusal(start + b"Sokha " * 40).code is Refusal.DAMAGED


def test_file_of_too_many_bytes_is_refused_unread() -> None:
    refused = refusal(b"\xff\xd8\xff" + bytes(MAX_FILE_BYTES))
    assert (refused.code, str(refused)) == (
        Refusal.TOO_LARGE_FILE,
        "the file has 32 MB, more than 32; send a smaller photo",
    )


def test_hundred_megapixels_are_refused_from_the_header() -> None:
    refused = refusal(png_of_zeros(10_000, 10_000, rows=1))
    assert refused.code is Refusal.TOO_MANY_PIXELS
    assert "10000x10000" in refused.message


def test_hundred_megapixel_jpeg_is_refused_from_the_header() -> None:
    data = bytearray(written(Image.new("L", (200, 200)), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 9_000, 12_000)
    assert refusal(bytes(data)).code is Refusal.TOO_MANY_PIXELS


def test_decompression_bomb_is_refused_without_memory() -> None:
    bomb = png_of_zeros(12_000, 12_000, rows=12_000)
    assert len(bomb) < 200_000
    refusal(png_of_zeros(12_000, 12_000, rows=1))  # whatever is imported, is imported now
    tracemalloc.start()
    try:
        assert refusal(bomb).code is Refusal.TOO_MANY_PIXELS
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_webp_larger_than_the_decoder_takes_is_refused() -> None:
    frame = struct.pack("<I", 0x2F | (16_000 - 1) << 8 | (15_999 & 0x3) << 22)[:4] + bytes(12)
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (15_999).to_bytes(3, "little") * 2
    body = canvas + b"VP8L" + struct.pack("<I", len(frame)) + frame
    data = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    assert refusal(data).code is Refusal.TOO_MANY_PIXELS


def test_compressed_text_bomb_in_a_png_is_refused() -> None:
    png = written(PERSON, "PNG")
    bomb = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9))
    assert refusal(png[:33] + bomb + png[33:]).code is Refusal.DAMAGED


def test_jpeg_of_endless_scans_is_refused() -> None:
    data = written(PERSON, "JPEG", progressive=True)
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff\xda", first + 2)
    assert refusal(data[:second] + data[first:second] * 60 + data[second:]).code is Refusal.DAMAGED


def test_film_behind_a_jpeg_does_not_count_as_scans() -> None:
    assert read_portrait(written(PERSON, "JPEG") + b"\xff\xda\0\x08" * 500).face_found


@pytest.mark.parametrize("size", [(10, 10), (99, 300), (300, 99)])
def test_tiny_picture_is_refused(size: tuple[int, int]) -> None:
    refused = refusal(written(Image.new("RGB", size), "PNG"))
    assert refused.code is Refusal.TOO_SMALL
    assert "at least 100" in refused.message


def test_strip_is_refused() -> None:
    assert refusal(written(Image.new("RGB", (100, 401)), "PNG")).code is Refusal.TOO_NARROW


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_picture_is_refused(kind: str) -> None:
    frames = [PERSON, PERSON.transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    data = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert refusal(data).code is Refusal.ANIMATED


SMALL = {kind: written(PERSON.resize((120, 150)), kind) for kind in ("JPEG", "PNG", "WEBP", "HEIC")}


@pytest.mark.parametrize("kind", sorted(SMALL))
@settings(max_examples=15, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6))
def test_changed_bytes_end_in_a_portrait_or_a_refusal(kind: str, changes: list[tuple[float, int]]) -> None:
    data = bytearray(SMALL[kind])
    for place, value in changes:
        data[int(place * len(data))] = value
    try:
        outcome: Portrait | Refusal = read_portrait(bytes(data))
    except PictureRefused as refused:
        outcome = refused.code
    assert isinstance(outcome, Portrait | Refusal)


def test_importing_the_module_does_not_import_the_face_finder() -> None:
    script = "import sys, borderpass.pictures.portrait; print({'cv2', 'numpy', 'pi_heif'} & set(sys.modules))"
    shown_by = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown_by.stdout.strip() == "set()"
