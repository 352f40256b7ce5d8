"""Which tables are there?"""

from borderpass.store.models.applications import Application, ApplicationEvent, Portrait, Receipt, Sequence
from borderpass.store.models.enrolment import EnrolmentCode, FailedEnrolment, LookUp
from borderpass.store.models.offices import EnactedOrder, Office, PublishedBundle, TrustedKey
from borderpass.store.models.passes import IssuedPass, StatusChange
from borderpass.store.models.scans import Case, Device, Record, Whereabouts
from borderpass.store.models.staff import Staff

__all__ = [
    "Application",
    "ApplicationEvent",
    "Case",
    "Device",
    "EnactedOrder",
    "EnrolmentCode",
    "FailedEnrolment",
    "IssuedPass",
    "LookUp",
    "Office",
    "Portrait",
    "PublishedBundle",
    "Receipt",
    "Record",
    "Sequence",
    "Staff",
    "StatusChange",
    "TrustedKey",
    "Whereabouts",
]
