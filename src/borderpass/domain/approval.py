"""What exactly does a governor approve with one touch of a passkey?

A statement: who approves, for which office, when, in which batch, and for each application the SHA-256 of its content.
The content is every field that ends in the pass, the two pictures, the document that was shown, the receipt and the
order by which the office may sign. The SHA-256 of the statement's bytes is the challenge that the passkey signs.

Both are JSON as RFC 8785 (JSON Canonicalization Scheme) writes it: keys sorted, no spaces, UTF-8. They hold texts (in
normal form C), whole numbers, lists and objects, for which Python's writer and that scheme agree; whoever checks an
approval years later needs nothing but a JSON reader and SHA-256.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

_FORM = 1


class Capacity(StrEnum):
    """In which capacity somebody decides."""

    GOVERNOR = "governor"
    DEPUTY = "deputy"
    PROVINCE = "province"


class Method(StrEnum):
    """How an approval was made sure of."""

    PASSKEY = "passkey"
    PASSWORD = "password"
    OPERATOR = "operator"


class Outcome(StrEnum):
    """What became of one application of a batch."""

    REFUSED = "refused"  # it could not be put into the statement
    PROPOSED = "proposed"
    FALLEN = "fallen"  # it stood in the statement, and was not what it had been any more
    APPROVED = "approved"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Content:
    """What one application says at the moment of approval. Days are YYYY-MM-DD; digests are SHA-256 in hex.

    `companions` are as an application keeps them: name, birth date, sex. `signing_office` is whose key signs. `about`
    is the number of the pass that is renewed, extended, replaced or corrected; where there is none it is left out.
    """

    application: str
    reference: str
    purpose: str
    pass_kind: int
    name_latin: str
    name_khmer: str
    born_on: str
    born_at: str
    sex: int
    nationality: str
    home_code: str
    companions: tuple[tuple[str, str, int], ...]
    document_kind: str
    document_number: str
    second_number: str
    face_digest: str
    photo_digest: str
    receipt: str
    order: str
    signing_office: str
    about: str = ""

    def digest(self) -> str:
        """Return the SHA-256 of the content, in hex."""
        said = asdict(self)
        if not self.about:
            del said["about"]
        return hashlib.sha256(_canonical(said)).hexdigest()


@dataclass(frozen=True, slots=True)
class Listed:
    """One application of a statement: its id, its reference, and the SHA-256 (hex) of its content."""

    application_id: UUID
    reference: str
    content: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed. `at` is an aware instant in whole seconds, `by` the name that the person signs in with."""

    batch_id: UUID
    office: str
    signing_office: str
    by: str
    capacity: Capacity
    at: datetime
    applications: tuple[Listed, ...]


def write_statement(statement: Statement) -> bytes:
    """Return the one form of a statement."""
    return _canonical(
        {
            "form": _FORM,
            "batch": str(statement.batch_id),
            "office": statement.office,
            "signing_office": statement.signing_office,
            "by": statement.by,
            "capacity": statement.capacity.value,
            "at": int(statement.at.timestamp()),
            "applications": [[str(one.application_id), one.reference, one.content] for one in statement.applications],
        }
    )


def read_statement(octets: bytes) -> Statement:
    """Return a statement as it was written. Raise ValueError for bytes that `write_statement` would not write."""
    try:
        read = json.loads(octets)
        statement = Statement(
            batch_id=UUID(read["batch"]),
            office=read["office"],
            signing_office=read["signing_office"],
            by=read["by"],
            capacity=Capacity(read["capacity"]),
            at=datetime.fromtimestamp(read["at"], UTC),
            applications=tuple(Listed(UUID(id_), name, digest) for id_, name, digest in read["applications"]),
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("not a statement of approval") from error
    if write_statement(statement) != octets:
        raise ValueError("not the one form of a statement of approval")
    return statement


def challenge_of(octets: bytes) -> bytes:
    """Return the 32 bytes that the passkey signs: the SHA-256 of a statement's bytes."""
    return hashlib.sha256(octets).digest()


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
