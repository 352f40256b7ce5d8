"""How does an approved application become a pass?

1. `prepare`: number, status index and content are fixed and stored. From here on there is one pass to be signed.
2. `complete`: the office's key signs exactly that content, and the signed text is stored.

A crash before 1 leaves an approved application; a crash between 1 and 2 a prepared pass. Both are found again by
`sign_waiting_passes` and completed. Signing is deterministic (RFC 6979): the same content gives the same bytes, so
even a crash between signing and storing never leads to two different signed passes.

The pass is issued by the office whose governor approved it: its own, or the provincial hall (the approval says which).
"""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.application import Event
from borderpass.domain.audit import Deed, Somebody
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import end_of_day, local_day, start_of_day
from borderpass.domain.passes import Companion, Holder, Pass, PassKind, Sex
from borderpass.domain.status import Status
from borderpass.domain.trust import Role
from borderpass.services.add_trusted_key import current_key
from borderpass.services.find_term import Term, find_term, number_of
from borderpass.services.supersede_old_pass import find_lost_ground
from borderpass.signing.file_keystore import FileKeystore
from borderpass.signing.signer import SigningError
from borderpass.store.models import Application, ApplicationEvent, IssuedPass, Office, Portrait, TrustedKey
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.passes import pick_status_index, unsigned_applications
from borderpass.wire.claims import write_claims
from borderpass.wire.qr import build_qr
from borderpass.wire.signed import seal

_HOME_DIGITS_MAX = 6
_TRIES = 5


def sign_pass(application_id: UUID, keystore: FileKeystore, now: datetime) -> IssuedPass | Declined:
    """Return the signed pass of an approved application, making it if it is not there yet. Raise SigningError."""
    application = Application.objects.select_related("office").get(id=application_id)
    issued = IssuedPass.objects.filter(application=application).first()
    if issued is None:
        if application.state != "approved":
            return Declined(
                Ground.WRONG_STATE, f"application {application.reference} is {application.state}, not approved"
            )
        prepared = _prepare(application, now)
        if isinstance(prepared, Declined):
            return prepared
        issued = prepared
    return issued if issued.qr_text is not None else _complete(issued, keystore, now)


def sign_waiting_passes(keystore: FileKeystore, now: datetime) -> list[IssuedPass | Declined]:
    """Sign whatever was approved and has no signed pass: what a crash left, or what waited for a key.

    An office whose key cannot be used waits on; it does not hold up the others.
    """
    return [_sign_or_wait(application.id, keystore, now) for application in unsigned_applications()]


def _sign_or_wait(application_id: UUID, keystore: FileKeystore, now: datetime) -> IssuedPass | Declined:
    try:
        return sign_pass(application_id, keystore, now)
    except SigningError as error:
        return Declined(Ground.KEY_NOT_USABLE, str(error))


def _prepare(application: Application, now: datetime) -> IssuedPass | Declined:
    """Fix and store what the pass will say. Two offices' workers may draw the same index: the second draws again."""
    lost = find_lost_ground(application)
    if lost is not None:
        return lost
    office = _signing_office(application)
    key = current_key(office.code, Role.PASS_SIGNER, now)
    if key is None:
        return Declined(
            Ground.KEY_NOT_USABLE, f"office {office.code} has no key in its term: borderpass office key CODE"
        )
    term = find_term(application, office, now)
    if isinstance(term, Declined):
        return term
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _store(application, office, key, term, now)
        except IntegrityError:
            existing = IssuedPass.objects.filter(application=application).first()
            if existing is not None:
                return existing
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _signing_office(application: Application) -> Office:
    """Return the office whose governor approved: where it is not the application's own, the approval names it."""
    approvals = ApplicationEvent.objects.filter(application=application, event=Event.APPROVE)
    code = next((said.get("signing_office") for said in approvals.values_list("detail", flat=True)), None)
    return application.office if code is None else Office.objects.get(code=code)


def _store(application: Application, office: Office, key: TrustedKey, term: Term, now: datetime) -> IssuedPass:
    number, edition = number_of(term, office, now)
    pass_ = _compose(application, office, number, term.last_day, now)
    payload = write_claims(pass_)
    return IssuedPass.objects.create(
        application=application,
        office=office,
        number=pass_.number,
        edition=edition,
        current=term.keeps is None,
        status_index=pass_.status_index,
        kind=pass_.kind,
        valid_from_at=pass_.valid_from_at,
        expires_at=pass_.expires_at,
        issued_at=pass_.issued_at,
        order_number=term.order_number,
        kid=key.kid,
        payload=payload,
        fingerprint=hashlib.sha256(payload).hexdigest(),
        status=Status.VALID,
    )


def _compose(application: Application, office: Office, number: str, expires_on: date, now: datetime) -> Pass:
    return Pass(
        number=number,
        issuer=office.issuer,
        issuing_country="KHM",
        kind=PassKind(application.pass_kind),
        valid_from_at=start_of_day(local_day(now)),
        expires_at=end_of_day(expires_on),
        issued_at=now.replace(microsecond=0),
        status_index=pick_status_index(office.code),
        status_uri=office.status_uri,
        holder=Holder(
            name_latin=application.name_latin,
            name_khmer=application.name_khmer,
            born_on=application.born_on,
            sex=Sex(application.sex),
            nationality=application.nationality,
            home_code=application.home_code[:_HOME_DIGITS_MAX],
            face=bytes(Portrait.objects.get(application=application).face_webp),
        ),
        companions=tuple(
            Companion(name, date.fromisoformat(born_on), Sex(sex)) for name, born_on, sex in application.companions
        ),
    )


def _complete(issued: IssuedPass, keystore: FileKeystore, now: datetime) -> IssuedPass:
    key = TrustedKey.objects.get(kid=issued.kid)
    signer = keystore.open(key.keystore_name)
    issued.qr_text = build_qr(seal(bytes(issued.payload), None, signer.kid, signer.sign))
    with transaction.atomic():
        if IssuedPass.objects.filter(id=issued.id, qr_text=None).update(qr_text=issued.qr_text):
            signer_of_office = Somebody("signing", "system", issued.office_id)
            write_audit(Deed.SIGN_PASS, signer_of_office, now, "pass", issued.number, kid=issued.kid)
    return issued
