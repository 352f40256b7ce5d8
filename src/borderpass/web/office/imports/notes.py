"""What does our empty sheet say of each of its columns? In Khmer and English, with an example."""

from borderpass.domain.old_book_columns import Column

_NEEDED, _ONE_NEEDED, _MAY = "ចាំបាច់\nneeded", "ចាំបាច់ណាមួយ\none of these", "អាចទុកទទេ\nmay be empty"
_DAY_KM, _DAY_EN = "ថ្ងៃ/ខែ/ឆ្នាំគ្រិស្តសករាជ", "day/month/year of the Christian era, the day first"
NOTES: tuple[tuple[Column, str, str, str, str], ...] = (
    (Column.OLD_NUMBER, _NEEDED, "ដូចនៅក្នុងសៀវភៅ លេខនីមួយៗតែម្ដងគត់", "as in the book; each number only once", "០១២/១៨ ប៉ប"),
    (Column.NAME_KHMER, _ONE_NEEDED, "នាមត្រកូលមុន", "family name first", "សុខ សុខា"),
    (Column.NAME_LATIN, _ONE_NEEDED, "នាមត្រកូលមុន", "family name first", "SOK SOKHA"),
    (Column.SEX, _NEEDED, "ប្រុស ឬ ស្រី", "M or F", "ស្រី"),
    (Column.BORN_ON, _NEEDED, _DAY_KM, _DAY_EN, "02/01/1990"),
    (
        Column.DOCUMENT_NUMBER,
        _MAY,
        "លេខ 9 តួនៅលើអត្តសញ្ញាណប័ណ្ណ; សូមធ្វើក្រឡាជា Text ដើម្បីកុំឱ្យបាត់លេខ 0",
        "the 9 digits of the ID card; format the cells as text, so that a 0 in front stays",
        "010203040",
    ),
    (Column.VILLAGE, _ONE_NEEDED, "ឈ្មោះ ឬលេខកូដ 8 តួ", "its name, or its code of 8 digits", "ភូមិក្បាលស្ពាន១"),
    (Column.COMMUNE, _ONE_NEEDED, "ឈ្មោះ ឬលេខកូដ 6 តួ", "its name, or its code of 6 digits", "ប៉ោយប៉ែត"),
    (Column.DISTRICT, _ONE_NEEDED, "ឈ្មោះ ឬលេខកូដ 4 តួ", "its name, or its code of 4 digits", "ប៉ោយប៉ែត"),
    (Column.PROVINCE, _ONE_NEEDED, "ឈ្មោះ ឬលេខកូដ 2 តួ", "its name, or its code of 2 digits", "បន្ទាយមានជ័យ"),
    (
        Column.ADDRESS,
        _ONE_NEEDED,
        "ជំនួសជួរឈរទាំងបួន៖ លេខកូដ ឬឈ្មោះពីភូមិឡើងទៅ ដោយសញ្ញាក្បៀស",
        "instead of the four columns: the code, or the names from the village up, with commas",
        "01100201",
    ),
    (Column.ISSUED_ON, _NEEDED, _DAY_KM, _DAY_EN, "15/03/2025"),
    (Column.VALID_UNTIL, _NEEDED, f"{_DAY_KM} ថ្ងៃចុងក្រោយ", f"{_DAY_EN}; the last day", "14/03/2027"),
    (Column.OFFICE, _MAY, "លេខកូដ ឬឈ្មោះការិយាល័យរបស់អ្នក", "the code or name of your own office", "0110"),
    (Column.FEE, _MAY, "ចំនួនរៀល គ្មានក្បៀស", "whole riel", "20000"),
    (Column.REMARKS, _MAY, "យ៉ាងច្រើន 300 តួអក្សរ", "at most 300 letters", ""),
)
