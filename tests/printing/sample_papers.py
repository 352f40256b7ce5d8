"""Papers for the tests: Sokha's pass and receipt, a drawn portrait, a QR text as long as a real one."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from borderpass.printing.papers import CompanionLine, PassPaper, ReceiptPaper

MM_PER_INCH = 25.4
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45_text(length: int, seed: int = 1) -> str:
    """A text that looks like a compressed pass in Base45: every character equally likely."""
    source = Random(seed)
    return "".join(source.choice(BASE45) for _ in range(length))


@cache
def portrait(width: int = 960, height: int = 1200) -> bytes:
    picture = Image.new("RGB", (width, height), (206, 218, 230))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((150, 830, 810, 1700), fill=(40, 62, 96))
    pen.rectangle((410, 700, 550, 900), fill=(196, 150, 116))
    pen.ellipse((300, 300, 660, 800), fill=(208, 162, 128))
    pen.pieslice((280, 250, 680, 720), 180, 360, fill=(28, 22, 20))
    file = BytesIO()
    picture.filter(ImageFilter.GaussianBlur(3)).save(file, "JPEG", quality=85)
    return file.getvalue()


QR_TEXT = base45_text(1430)

CHILDREN = (
    CompanionLine("ចាន់ ស្រីមុំ", date(2016, 5, 1), "female"),
    CompanionLine("ចាន់ វិសាល", date(2018, 11, 30), "male"),
    CompanionLine("ចាន់ ពិសិដ្ឋ", date(2019, 5, 1), "male"),
    CompanionLine("CHAN Sreyneang", date(2021, 12, 31), "female"),
)


def sokhas_pass(**changes: Any) -> PassPaper:
    paper = PassPaper(
        number="0110-26-000417-K",
        kind="two_year",
        name_khmer="ចាន់ សុខា",
        name_latin="CHAN SOKHA",
        sex="female",
        born_on=date(1989, 3, 7),
        home_km="ភូមិក្បាលស្ពាន១ សង្កាត់ប៉ោយប៉ែត ក្រុងប៉ោយប៉ែត ខេត្តបន្ទាយមានជ័យ",
        home_latin="Kbal Spean 1, Paoy Paet, Poipet Municipality, Banteay Meanchey",
        office_km="ក្រុងប៉ោយប៉ែត",
        office_latin="Poipet Municipality",
        governor_title_km="អភិបាលក្រុងប៉ោយប៉ែត",
        governor_title_latin="Governor of Poipet Municipality",
        governor_name_km="ដារ៉ា",
        valid_from=date(2026, 11, 23),
        valid_until=date(2028, 11, 22),
        issued_on=date(2026, 11, 22),
        companions=(),
        print_jpeg=portrait(),
        qr_text=QR_TEXT,
        order_number="012/26",
    )
    return replace(paper, **changes)


def sokhas_receipt(**changes: Any) -> ReceiptPaper:
    paper = ReceiptPaper(
        number="0110-26-R-000981",
        office_km="រដ្ឋបាលក្រុងប៉ោយប៉ែត",
        office_latin="Poipet Municipal Administration",
        payer_km="ចាន់ សុខា",
        payer_latin="CHAN SOKHA",
        purpose_km="កម្រៃសេវាប័ណ្ណព្រំដែន",
        purpose_latin="Border pass fee",
        amount_riel=20_000,
        method="cash",
        paid_at=datetime(2026, 11, 22, 2, 41, tzinfo=UTC),
        clerk="បុប្ផា Bopha",
        application_reference="BP-7K3M-94",
        fee_order_number="012/26",
        collect_on=date(2026, 11, 24),
    )
    return replace(paper, **changes)


def page_sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    points = [document.get_page_size(index) for index in range(len(document))]
    document.close()
    return [(round(w / 72 * MM_PER_INCH, 2), round(h / 72 * MM_PER_INCH, 2)) for w, h in points]


def page_picture(pdf: bytes, dpi: float, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return picture


def page_text(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[page].get_textpage().get_text_range()
    document.close()
    return text.replace("\r\n", "\n")


def letter_boxes_mm(pdf: bytes, page: int = 0, fine_print_mm: float = -1) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each printed letter in mm from the top left corner.

    The fine print, whose top is at `fine_print_mm`, is left out: it runs on under its clip.
    """
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page]
    height = sheet.get_height()
    letters = sheet.get_textpage()
    boxes = []
    for index in range(letters.count_chars()):
        left, bottom, right, top = letters.get_charbox(index)
        upper, lower = (height - top) / 72 * MM_PER_INCH, (height - bottom) / 72 * MM_PER_INCH
        in_fine_print = fine_print_mm <= upper <= lower <= fine_print_mm + 0.8
        if not in_fine_print and not letters.get_text_range(index, 1).isspace():
            boxes.append((left / 72 * MM_PER_INCH, upper, right / 72 * MM_PER_INCH, lower))
    document.close()
    return boxes


def read_symbol(picture: Image.Image) -> zxingcpp.Barcode | None:
    only_qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    symbols = zxingcpp.read_barcodes(picture, formats=only_qr)
    return symbols[0] if symbols else None


def read_text(picture: Image.Image) -> str:
    symbol = read_symbol(picture)
    return symbol.text if symbol is not None else ""
