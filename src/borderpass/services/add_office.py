"""How does an office begin to issue passes?"""

from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.gazetteer import Gazetteer
from borderpass.domain.trust import Role
from borderpass.services.add_trusted_key import keep_key
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.models import Office, TrustedKey
from borderpass.store.queries.audit import write_audit

URI_SCHEME = "kh-bp"


def add_office(code: str, gazetteer: Gazetteer, actor: Actor, now: datetime) -> Office | Declined:
    """Enter the office of a district, city or province (PP00). Entering it again changes nothing."""
    if not actor.may(Act.MANAGE_OFFICES):
        return Declined(Ground.NOT_ALLOWED, "only the national authority adds offices")
    place = gazetteer.find(code.removesuffix("00")) if len(code) == 4 else None
    if place is None:
        return Declined(
            Ground.UNKNOWN_PLACE,
            f"{code} is no office: give a district's code such as 0110, or a province's with 00, such as 0100",
        )
    hall = code.endswith("00")
    names = {
        "name_km": f"សាលាខេត្ត{place.name_km}" if hall else place.full_name_km,
        "name_en": f"{place.name_latin} Provincial Hall" if hall else place.name_latin,
        "name_th": f"{place.name_latin}",
    }
    uris = {"issuer": f"{URI_SCHEME}:{code}", "status_uri": f"{URI_SCHEME}:{code}/status"}
    with transaction.atomic():
        office, new = Office.objects.get_or_create(code=code, defaults={**names, **uris, "added_at": now})
        if new:
            write_audit(Deed.ADD_OFFICE, actor, now, "office", code)
    return office


def add_office_keys(code: str, keystore: FileKeystore, actor: Actor, now: datetime) -> TrustedKey | Declined:
    """Make an office's pass key and status key for the year; return the pass key.

    Where a key has more than half its year left it stays as it is. Raise SigningError.
    """
    if not actor.may(Act.MANAGE_OFFICES):
        return Declined(Ground.NOT_ALLOWED, "only the national authority makes keys for offices")
    office = Office.objects.filter(code=code).first()
    if office is None:
        return Declined(Ground.UNKNOWN_OFFICE, f"there is no office {code}; add it first")
    with transaction.atomic():
        keep_key(keystore, f"status-{code}", Role.STATUS_SIGNER, office, actor, now)
        return keep_key(keystore, f"pass-{code}", Role.PASS_SIGNER, office, actor, now)
