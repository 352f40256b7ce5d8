"""How is it said what is wrong with a row of the old books? In Khmer and English, for the sheet goes back to both.

Kept here, not in the catalogues of the site: a sheet has both languages side by side whoever made it. The site shows
the same words; in Thai its catalogue has them.
"""

from collections.abc import Mapping
from typing import NamedTuple

from borderpass.domain.gazetteer import TYPE_KM, Gazetteer, PlaceType
from borderpass.domain.old_book_rows import Fault, Wrong
from borderpass.domain.old_homes import CANDIDATES_NAMED


class Words(NamedTuple):
    """One sentence in each language; `{0}`, `{1}` are what a fault tells."""

    km: str
    en: str
    th: str


WORDS: Mapping[Wrong, Words] = {
    Wrong.MISSING: Words("សូមបំពេញ", "fill this in", "โปรดกรอก"),
    Wrong.TOO_LONG: Words("វែងពេក៖ យ៉ាងច្រើន {0} តួអក្សរ", "too long: at most {0} letters", "ยาวเกินไป ไม่เกิน {0} ตัวอักษร"),
    Wrong.UNPRINTABLE: Words(
        "មានតួអក្សរដែលមើលមិនឃើញ សូមវាយម្ដងទៀត",
        "holds a character that cannot be seen; type it again",
        "มีอักขระที่มองไม่เห็น โปรดพิมพ์ใหม่",
    ),
    Wrong.FORMULA: Words(
        "ជារូបមន្ត សូមចម្លងជាតម្លៃ (Paste values)",
        "is a formula; paste its value",
        "เป็นสูตร โปรดวางเป็นค่า (Paste values)",
    ),
    Wrong.MORE_CELLS: Words(
        "ជួរដេកនេះមានក្រឡាច្រើនជាងក្បាលតារាង សូមពិនិត្យថាក្រឡាមិនរំកិលទេ",
        "the row has more cells than there are headings; see whether its cells have moved",
        "แถวนี้มีช่องมากกว่าหัวตาราง โปรดดูว่าช่องเลื่อนหรือไม่",
    ),
    Wrong.NOT_KHMER: Words("សូមសរសេរជាអក្សរខ្មែរ", "write it in Khmer letters", "โปรดเขียนเป็นอักษรเขมร"),
    Wrong.NOT_LATIN: Words("សូមសរសេរជាអក្សរឡាតាំង", "write it in Latin letters", "โปรดเขียนเป็นอักษรละติน"),
    Wrong.SEX_UNKNOWN: Words("សូមសរសេរ ប្រុស ឬ ស្រី", "write M or F", "โปรดเขียน M หรือ F"),
    Wrong.DAY_UNREADABLE: Words(
        "សូមសរសេរ ថ្ងៃ/ខែ/ឆ្នាំ ដូចជា 02/01/1990",
        "write day/month/year, such as 02/01/1990",
        "โปรดเขียนวัน/เดือน/ปี เช่น 02/01/1990",
    ),
    Wrong.BUDDHIST_ERA: Words(
        "{0} ជាឆ្នាំពុទ្ធសករាជ។ បើជា {1} សូមសរសេរ {1}",
        "{0} is a year of the Buddhist Era; if {1} is meant, write {1}",
        "{0} เป็นปีพุทธศักราช หากหมายถึง {1} โปรดเขียน {1}",
    ),
    Wrong.DAY_TOO_LATE: Words(
        "ថ្ងៃនេះនៅមុខឆ្ងាយពេក សូមពិនិត្យឆ្នាំ", "this day is too far ahead; check the year", "วันนี้ไกลเกินไป โปรดตรวจปี"
    ),
    Wrong.DAY_TOO_EARLY: Words(
        "មុនឆ្នាំ {0} មិនអាចទេ សូមពិនិត្យឆ្នាំ", "before {0} is not possible; check the year", "ก่อนปี {0} เป็นไปไม่ได้"
    ),
    Wrong.BEFORE_BIRTH: Words("មុនថ្ងៃកំណើត", "lies before the birth", "อยู่ก่อนวันเกิด"),
    Wrong.BEFORE_ISSUE: Words("មុនថ្ងៃចេញប័ណ្ណ", "lies before the day of issue", "อยู่ก่อนวันออกบัตร"),
    Wrong.VALID_TOO_LONG: Words(
        "លើស {0} ឆ្នាំក្រោយថ្ងៃចេញប័ណ្ណ",
        "more than {0} years after the day of issue",
        "เกิน {0} ปีหลังวันออกบัตร",
    ),
    Wrong.NUMBER_UNREADABLE: Words(
        "សូមសរសេរលេខពី 2 ទៅ 30 តួ ដូចនៅលើឯកសារ",
        "write its 2 to 30 digits and Latin letters as on the document",
        "โปรดเขียนเลข 2 ถึง 30 ตัวตามเอกสาร",
    ),
    Wrong.ZERO_LOST: Words(
        "អត្តសញ្ញាណប័ណ្ណមានលេខ 9 តួ (Excel លុបលេខ 0 ខាងមុខ)។ បើជាឯកសារផ្សេង សូមសរសេរអក្សរពីមុខ ដូចជា BC 12345678",
        "an ID card has 9 digits (Excel drops a 0 in front); another document: letters before it, such as BC 12345678",
        "บัตรประจำตัวมี 9 หลัก (Excel ตัดเลข 0 ข้างหน้า) เอกสารอื่นให้เขียนตัวอักษรนำหน้า เช่น BC 12345678",
    ),
    Wrong.PLACE_UNKNOWN: Words("រកមិនឃើញទីកន្លែង “{0}”", "no such place: “{0}”", "ไม่พบสถานที่ “{0}”"),
    Wrong.PLACES_APART: Words(
        "ទីកន្លែងទាំងនេះមិននៅក្នុងគ្នាទេ",
        "these places do not lie in one another",
        "สถานที่เหล่านี้ไม่ได้อยู่ในกันและกัน",
    ),
    Wrong.PLACE_AMBIGUOUS: Words(
        "អាចជាទីកន្លែងច្រើន សូមសរសេរលេខកូដមួយ៖ {0}",
        "may be several places; write one code: {0}",
        "อาจเป็นหลายแห่ง โปรดเขียนรหัสหนึ่ง: {0}",
    ),
    Wrong.PLACE_TOO_LARGE: Words(
        "សូមបន្ថែមយ៉ាងហោចណាស់ស្រុក ឬក្រុង",
        "add at least the district or city",
        "โปรดเพิ่มอย่างน้อยอำเภอหรือเมือง",
    ),
    Wrong.OTHER_OFFICE: Words(
        "ប័ណ្ណនេះជារបស់ការិយាល័យផ្សេង៖ {0}",
        "this row is another office's: {0}",
        "แถวนี้เป็นของสำนักงานอื่น: {0}",
    ),
    Wrong.FEE_UNREADABLE: Words(
        "សូមសរសេរចំនួនរៀល ដូចជា 20000",
        "write whole riel, such as 20000",
        "โปรดเขียนจำนวนเรียล เช่น 20000",
    ),
    Wrong.TWICE_IN_FILE: Words("លេខដដែលនៅជួរដេក {0}", "the same number stands in row {0}", "เลขเดียวกันอยู่ในแถว {0}"),
    Wrong.THERE_ALREADY: Words(
        "លេខនេះបានបញ្ចូលរួចហើយ សូមលុបជួរដេកនេះ",
        "this number was imported before; take the row out",
        "นำเข้าเลขนี้แล้ว โปรดลบแถวนี้",
    ),
}


def say_fault(fault: Fault, gazetteer: Gazetteer) -> Words:
    """Return what is wrong with a cell, in each language. Places that may be meant are named with their codes."""
    words = WORDS[fault.wrong]
    if fault.wrong is not Wrong.PLACE_AMBIGUOUS:
        return Words(*(one.format(*fault.told) for one in words))
    named = fault.told[:CANDIDATES_NAMED]
    more = " …" if len(fault.told) > len(named) else ""
    in_khmer = ", ".join(f"{code} {_name(code, gazetteer, khmer=True)}" for code in named) + more
    in_latin = ", ".join(f"{code} {_name(code, gazetteer, khmer=False)}" for code in named) + more
    return Words(words.km.format(in_khmer), words.en.format(in_latin), words.th.format(in_latin))


def _name(code: str, gazetteer: Gazetteer, *, khmer: bool) -> str:
    """Return a place's name with what it lies in, from the smallest on."""
    here = gazetteer.find(code)
    above = gazetteer.home_names(code)
    if here is None or above is None:
        return code
    is_village = here.type is PlaceType.VILLAGE
    if khmer:
        return f"{TYPE_KM[PlaceType.VILLAGE]}{here.name_km} {above.km}" if is_village else above.km
    return f"{here.name_latin}, {above.latin}" if is_village else above.latin
