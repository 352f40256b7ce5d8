"""What does a message to an applicant say? What happened and what to do, of the person nothing but the reference.

A text fits into three parts of an SMS in Khmer or Thai letters, one in Latin letters. Digits that count days are Khmer
in Khmer; a reference is typed back into machines, so it keeps its own.
"""

from borderpass.domain.notices import Language, NoticeKind

_REFERENCE = "{reference}"
TEXTS: dict[Language, dict[NoticeKind, str]] = {
    Language.KHMER: {
        NoticeKind.PAID: "ប័ណ្ណព្រំដែន៖ ពាក្យសុំលេខ {reference} បានបង់កម្រៃសេវារួចហើយ។ យើងនឹងជូនដំណឹងនៅពេលប័ណ្ណរួចរាល់។",
        NoticeKind.RETURNED: "ប័ណ្ណព្រំដែន៖ ពាក្យសុំលេខ {reference} ត្រូវកែតម្រូវ។ សូមមកការិយាល័យដែលអ្នកបានដាក់ពាក្យសុំ។",
        NoticeKind.READY: "ប័ណ្ណព្រំដែន៖ ប័ណ្ណតាមពាក្យសុំលេខ {reference} រួចរាល់ហើយ។ សូមយកឯកសារសម្គាល់ខ្លួនមកទទួលនៅការិយាល័យ។",
        NoticeKind.REFUSED: "ប័ណ្ណព្រំដែន៖ ពាក្យសុំលេខ {reference} ត្រូវបានបដិសេធ។ សូមមកការិយាល័យ ដើម្បីដឹងពីមូលហេតុ។",
        NoticeKind.EXPIRING: "ប័ណ្ណព្រំដែន៖ ប័ណ្ណតាមពាក្យសុំលេខ {reference} នឹងផុតសុពលភាពក្នុងរយៈពេល ៣០ ថ្ងៃ។ សូមមកការិយាល័យ បើចង់បន្ត។",
        NoticeKind.LINKED: "ប័ណ្ណព្រំដែន៖ យើងនឹងជូនដំណឹងអំពីពាក្យសុំលេខ {reference} នៅទីនេះ។",
    },
    Language.THAI: {
        NoticeKind.PAID: "บัตรผ่านแดน: คำขอเลขที่ {reference} ชำระค่าธรรมเนียมแล้ว เราจะแจ้งให้ทราบเมื่อบัตรพร้อม",
        NoticeKind.RETURNED: "บัตรผ่านแดน: คำขอเลขที่ {reference} ต้องแก้ไข โปรดมาที่สำนักงานที่ท่านยื่นคำขอ",
        NoticeKind.READY: "บัตรผ่านแดน: บัตรตามคำขอเลขที่ {reference} พร้อมแล้ว โปรดนำเอกสารประจำตัวมารับที่สำนักงาน",
        NoticeKind.REFUSED: "บัตรผ่านแดน: คำขอเลขที่ {reference} ถูกปฏิเสธ โปรดมาที่สำนักงานเพื่อทราบเหตุผล",
        NoticeKind.EXPIRING: "บัตรผ่านแดน: บัตรตามคำขอเลขที่ {reference} จะหมดอายุภายใน 30 วัน โปรดมาที่สำนักงานหากต้องการต่ออายุ",
        NoticeKind.LINKED: "บัตรผ่านแดน: เราจะแจ้งเรื่องคำขอเลขที่ {reference} ทางนี้",
    },
    Language.ENGLISH: {
        NoticeKind.PAID: "Border pass: application {reference} is paid. We will tell you when it is ready.",
        NoticeKind.RETURNED: "Border pass: application {reference} must be corrected. Please come to the office.",
        NoticeKind.READY: "Border pass: {reference} is ready. Please fetch it at the office with your document.",
        NoticeKind.REFUSED: "Border pass: application {reference} was refused. Please come to the office to learn why.",
        NoticeKind.EXPIRING: "Border pass: the pass of {reference} ends within 30 days. Renew it at the office.",
        NoticeKind.LINKED: "Border pass: we will tell you about application {reference} here.",
    },
}


def write_text(kind: NoticeKind, language: Language, reference: str) -> str:
    """Return a message as it is sent."""
    return TEXTS[language][kind].replace(_REFERENCE, reference)
