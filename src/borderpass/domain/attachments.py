"""Which papers may lie with an application, and how many of what size?"""

from enum import StrEnum

MAX_FILES = 8
MAX_FILE_BYTES = 5 * 1024 * 1024
NAME_MAX_CHARACTERS = 120


class AttachmentKind(StrEnum):
    """What a copied paper is."""

    ID_CARD = "id_card"
    BIRTH_CERTIFICATE = "birth_certificate"
    FAMILY_BOOK = "family_book"
    RESIDENCE_BOOK = "residence_book"
    MONK_CERTIFICATE = "monk_certificate"
    POLICE_REPORT = "police_report"
    OTHER = "other"
