"""Who comes to the gate on the phone's day? One pass that was issued, made many: in the register, signed by its office.

Run as a process on a home (`python -m bench.phone_office COUNT`): a server has the same database meanwhile.
"""

import copy
import hashlib
import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from borderpass.cli.installation import NATION, done, set_up_founded

if TYPE_CHECKING:
    from borderpass.signing.file_keystore import FileKeystore

_FIRST_SERIAL = 100_000
_AT_ONCE = 500


def issue_many(count: int, keystore: "FileKeystore", now: datetime) -> list[str]:
    """Put so many passes beside the one issued last, publish a bundle, and return their QR texts."""
    from borderpass.domain.pass_number import make_pass_number
    from borderpass.domain.passes import Pass
    from borderpass.domain.status import Status
    from borderpass.services.publish_bundle import publish_bundle
    from borderpass.store.keys import new_id
    from borderpass.store.models import Application, IssuedPass, Portrait, TrustedKey
    from borderpass.wire.claims import read_claims, write_claims
    from borderpass.wire.qr import build_qr
    from borderpass.wire.signed import seal

    model = IssuedPass.objects.select_related("application").order_by("-issued_at", "-id")[0]
    signer = keystore.open(TrustedKey.objects.get(kid=model.kid).keystore_name)
    told = read_claims(bytes(model.payload))
    assert isinstance(told, Pass)
    used = set(IssuedPass.objects.filter(office_id=model.office_id).values_list("status_index", flat=True))
    face = Portrait.objects.get(application_id=model.application_id)
    applications, portraits, passes, texts = [], [], [], []
    for number in range(count):
        index = max(used) + 1 + number
        holder = told.holder._replace(name_latin=f"TRAVELLER {_letters(number)}")
        pass_number = make_pass_number(model.office_id, told.issued_at.year % 100, _FIRST_SERIAL + number)
        payload = write_claims(told._replace(number=pass_number, status_index=index, holder=holder))
        texts.append(build_qr(seal(payload, None, signer.kid, signer.sign)))
        application, issued = copy.copy(model.application), copy.copy(model)
        application.id, application.reference = new_id(), f"DAY-{number}"
        portrait = copy.copy(face)
        portrait.application = application
        issued.id, issued.application, issued.number, issued.status_index = new_id(), application, pass_number, index
        issued.payload, issued.fingerprint = payload, hashlib.sha256(payload).hexdigest()
        issued.qr_text, issued.status, issued.changes = texts[-1], Status.VALID, 0
        applications.append(application)
        portraits.append(portrait)
        passes.append(issued)
    Application.objects.bulk_create(applications, batch_size=_AT_ONCE)
    Portrait.objects.bulk_create(portraits, batch_size=_AT_ONCE)
    IssuedPass.objects.bulk_create(passes, batch_size=_AT_ONCE)
    done(publish_bundle(keystore, NATION, now))
    return texts


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(3, -1, -1))


if __name__ == "__main__":
    home = set_up_founded()
    from borderpass.services.open_keystore import open_keystore

    json.dump(issue_many(int(sys.argv[1]), open_keystore(home), datetime.now(UTC)), sys.stdout)
