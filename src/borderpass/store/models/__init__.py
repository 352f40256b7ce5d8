"""Which tables are there?"""

from borderpass.store.models.applications import Application, ApplicationEvent, Portrait, Receipt, Sequence
from borderpass.store.models.approvals import ApprovalBatch, ApprovalItem, Deputy
from borderpass.store.models.audit import AuditChain, AuditEntry
from borderpass.store.models.enrolment import EnrolmentCode, FailedEnrolment, LookUp
from borderpass.store.models.gates import GateSetting
from borderpass.store.models.intake import Attachment, Draft, Mending, PastPortrait
from borderpass.store.models.jobs import ChoreTime, Job, JobResult
from borderpass.store.models.money import KhqrRequest, LedgerEntry, OfficeAccount, Refund, SlipPrint, Till
from borderpass.store.models.offices import EnactedOrder, Office, PublishedBundle, TrustedKey
from borderpass.store.models.passes import IssuedPass, StatusChange
from borderpass.store.models.scans import Case, Device, Record, Whereabouts
from borderpass.store.models.staff import Passkey, PasskeyChallenge, SignInFailure, Staff

__all__ = [
    "Application",
    "ApplicationEvent",
    "ApprovalBatch",
    "ApprovalItem",
    "Attachment",
    "AuditChain",
    "AuditEntry",
    "Case",
    "ChoreTime",
    "Deputy",
    "Device",
    "Draft",
    "EnactedOrder",
    "EnrolmentCode",
    "FailedEnrolment",
    "GateSetting",
    "IssuedPass",
    "Job",
    "JobResult",
    "KhqrRequest",
    "LedgerEntry",
    "LookUp",
    "Mending",
    "Office",
    "OfficeAccount",
    "Passkey",
    "PasskeyChallenge",
    "PastPortrait",
    "Portrait",
    "PublishedBundle",
    "Receipt",
    "Record",
    "Refund",
    "Sequence",
    "SignInFailure",
    "SlipPrint",
    "Staff",
    "StatusChange",
    "Till",
    "TrustedKey",
    "Whereabouts",
]
