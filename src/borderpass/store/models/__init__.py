"""Which tables are there?"""

from borderpass.store.models.applications import Application, ApplicationEvent, Portrait, Receipt, Sequence
from borderpass.store.models.approvals import ApprovalBatch, ApprovalItem, Deputy
from borderpass.store.models.audit import AuditChain, AuditEntry
from borderpass.store.models.enrolment import EnrolmentCode, FailedEnrolment, LookUp
from borderpass.store.models.gates import GateSetting
from borderpass.store.models.intake import Attachment, Draft, Mending, PastPortrait
from borderpass.store.models.jobs import ChoreTime, Job, JobResult
from borderpass.store.models.money import KhqrRequest, LedgerEntry, OfficeAccount, Refund, SlipPrint, Till
from borderpass.store.models.notices import Contact, Notice
from borderpass.store.models.offices import EnactedOrder, Office, PublishedBundle, TrustedKey
from borderpass.store.models.old_books import OldImport, OldPass
from borderpass.store.models.papers import BlankCount, BlankDelivery, BlankUse, HandOver, PaperCheck
from borderpass.store.models.passes import FollowUp, IssuedPass, Stack, StatusChange
from borderpass.store.models.preapplications import HomeForm, PreApplication, PublicTry
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
    "BlankCount",
    "BlankDelivery",
    "BlankUse",
    "Case",
    "ChoreTime",
    "Contact",
    "Deputy",
    "Device",
    "Draft",
    "EnactedOrder",
    "EnrolmentCode",
    "FailedEnrolment",
    "FollowUp",
    "GateSetting",
    "HandOver",
    "HomeForm",
    "IssuedPass",
    "Job",
    "JobResult",
    "KhqrRequest",
    "LedgerEntry",
    "LookUp",
    "Mending",
    "Notice",
    "Office",
    "OfficeAccount",
    "OldImport",
    "OldPass",
    "PaperCheck",
    "Passkey",
    "PasskeyChallenge",
    "PastPortrait",
    "Portrait",
    "PreApplication",
    "PublicTry",
    "PublishedBundle",
    "Receipt",
    "Record",
    "Refund",
    "Sequence",
    "SignInFailure",
    "SlipPrint",
    "Stack",
    "Staff",
    "StatusChange",
    "Till",
    "TrustedKey",
    "Whereabouts",
]
