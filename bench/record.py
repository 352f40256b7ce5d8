"""How fast do scans get in, against what cannot be avoided? Batches of 500 on PostgreSQL.

The limit is the sum of bare verification of each scan's pass (as in bench.verify) and of a COPY of the same rows.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection, transaction

from bench.measure import Result, in_turns
from bench.verify import bare_checks, run_bare
from bench.world import World, make_texts, new_signer
from borderpass.domain.records import FIRST_PREVIOUS, DeviceDecision, Link, ScanRecord
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.record_scans import Receipt, record_scans
from borderpass.signing.file_keystore import FileSigner
from borderpass.store.keys import new_id
from borderpass.store.models import Device, PublishedBundle, Record
from borderpass.store.queries.scans import RecordRow, insert_records
from borderpass.wire.records import digest_of_record, write_batch, write_record

BATCH, ROUNDS = 500, 12
AIM = 0.5


def measure_record(world: World, now: datetime) -> Result:
    """Return scans a second taken in, against verifying and copying them alone."""
    serial = 1_000_000
    root_pem = world.root.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    digest = hashlib.sha256(world.octets).hexdigest()
    PublishedBundle.objects.create(serial=serial, issued_at=now, octets=world.octets, digest=digest)
    texts = make_texts(world, BATCH, face=True)
    checks = bare_checks(world, texts)
    batches = iter([_device_batch(texts, serial, now) for _ in range(ROUNDS)])

    device_id, batch = _device_batch(texts, serial, now)
    record_scans(device_id, batch, root_pem, now)
    rows = [RecordRow(*row) for row in Record.objects.filter(device_id=device_id).values_list(*RecordRow._fields)]
    rows = [row._replace(octets=bytes(row.octets), digest=bytes(row.digest)) for row in rows]
    copies = iter([[row._replace(id=new_id()) for row in rows] for _ in range(ROUNDS)])

    def ours() -> None:
        device_id, batch = next(batches)
        answers = record_scans(device_id, batch, root_pem, now)
        assert isinstance(answers, list)
        assert all(answer.receipt is Receipt.RECORDED for answer in answers)

    def unavoidable() -> None:
        run_bare(checks)
        with transaction.atomic():
            insert_records(next(copies))

    limit, value = in_turns(unavoidable, ours, ROUNDS)
    connection.close()
    note = f"{value / BATCH * 1e6:.0f} us a scan; verifying and copying alone {limit / BATCH * 1e6:.0f} us"
    return Result("record", BATCH / value, BATCH / limit, limit / value, "scans/s", AIM, note)


def _device_batch(texts: list[str], serial: int, now: datetime) -> tuple[UUID, bytes]:
    signer = new_signer()
    device = Device.objects.create(
        checkpoint="poipet",
        lane="bench",
        direction="exit",
        point=signer.point.hex(),
        enrolled_at=now,
        enrolled_by="bench",
    )
    return device.id, _batch(signer, device.id, texts, serial, now)


def _batch(signer: FileSigner, device_id: UUID, texts: list[str], serial: int, now: datetime) -> bytes:
    previous, records = FIRST_PREVIOUS, []
    for seq, text in enumerate(texts, 1):
        at = now - timedelta(seconds=BATCH - seq)
        record = ScanRecord(
            link=Link(new_id(), device_id, seq, previous),
            scan=Scan("poipet", Direction.EXIT, clock_floor_at=now - timedelta(hours=1)),
            scanned_at=at,
            bundle_serial=serial,
            app_version="bench",
            qr_text=text,
            decision=DeviceDecision(Verdict.ADMIT, ()),
        )
        records.append(write_record(record))
        previous = digest_of_record(records[-1])
    return write_batch(records, signer.kid, signer.sign)
