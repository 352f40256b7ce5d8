"""What is it that a governor approves of one application, and does its pass say that?"""

import hashlib
from datetime import date
from uuid import UUID

from borderpass.domain.approval import Content
from borderpass.domain.passes import Companion, Pass
from borderpass.services.find_authority import Authority
from borderpass.store.models import Application, FollowUp, Portrait, Receipt
from borderpass.store.queries.applications import read_companions

_ON_THE_PASS = 6
"""The pass says where its holder lives down to the commune: six digits of the gazetteer code."""


def content_of(application: Application, authority: Authority) -> Content:
    """Return what an application says now, with its pictures and its receipt, and by what its office signs."""
    return describe_content(application, authority.order_number, authority.signing_office)


def describe_content(application: Application, order_number: str, signing_office: str) -> Content:
    """Return the same, where order and signing office are known by name."""
    portrait = Portrait.objects.get(application=application)
    about = FollowUp.objects.filter(application=application).values_list("old_pass__number", flat=True).first()
    receipt = Receipt.objects.filter(application=application).values_list("number", flat=True).first()
    return Content(
        application=str(application.id),
        reference=application.reference,
        purpose=application.purpose,
        pass_kind=application.pass_kind,
        name_latin=application.name_latin,
        name_khmer=application.name_khmer,
        born_on=_day(application.born_on),
        born_at=application.born_at,
        sex=application.sex,
        nationality=application.nationality,
        home_code=application.home_code,
        companions=tuple((name, born_on, int(sex)) for name, born_on, sex in application.companions),
        document_kind=application.document_kind,
        document_number=application.document_number,
        second_number=application.second_number,
        face_digest=_digest(portrait.face_webp),
        photo_digest=_digest(portrait.print_jpeg),
        receipt=receipt or "",
        order=order_number,
        signing_office=signing_office,
        about=about or "",
    )


def says_the_same(pass_: Pass, application: Application) -> bool:
    """Tell whether a signed pass says of its holder what the application says."""
    holder = pass_.holder
    children: tuple[Companion, ...] = read_companions(application.companions)
    face = bytes(Portrait.objects.get(application=application).face_webp)
    said = (holder.name_latin, holder.name_khmer, holder.born_on, holder.sex, holder.nationality, holder.home_code)
    home_code = application.home_code[:_ON_THE_PASS]
    meant = (application.name_latin, application.name_khmer, application.born_on, application.sex)
    same = said == (*meant, application.nationality, home_code) and holder.face == face
    return same and pass_.companions == children and pass_.kind == application.pass_kind


def content_of_id(application_id: UUID, order_number: str, signing_office: str) -> Content | None:
    """Return the content of an application by its id; None where there is none, or its photo is gone."""
    application = Application.objects.filter(id=application_id, portrait__isnull=False).first()
    return None if application is None else describe_content(application, order_number, signing_office)


def _day(day: date) -> str:
    return day.isoformat()


def _digest(octets: bytes | memoryview) -> str:
    return hashlib.sha256(bytes(octets)).hexdigest()
