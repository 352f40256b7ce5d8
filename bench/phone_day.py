"""What does a day without a network cost a phone? 10,000 scans and their actions in the outbox: memory, room, and sync.

The records are written by the app's own outbox (scanner/src/store), bundled for the purpose and run in the app's page;
the app is then opened anew and sends them as ever. The limit is the server's: as many records of another device,
of other people, posted in the same batches by Python on one connection.
"""

import base64
import http.client
import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import UUID

from tests.cli.running import ROOT
from tests.e2e.gate_phone import GatePhone

from bench.measure import Result
from bench.phone_browser import heap
from bench.phone_land import Land
from bench.world import new_signer
from borderpass.domain.records import FIRST_PREVIOUS, ActedBy, Action, ActionRecord, DeviceDecision, Link, ScanRecord
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.signing.file_keystore import FileSigner
from borderpass.store.keys import new_id
from borderpass.wire.records import digest_of_record, write_batch, write_record

DAY = 10_000
BATCH = 1000
AIM = 0.5
_AT_ONCE = 500
_PATIENCE_MS = 240_000
_SCANNER = ROOT / "scanner"
_ADMITTED = DeviceDecision(Verdict.ADMIT, ())
_WRITE = """async (texts) => {
  const store = await outbox_of_app.openStore();
  const all = (name) => store.read([name], (transaction) => transaction.objectStore(name).getAll());
  const [device] = await all("devices");
  const [bundle] = await all("bundles");
  const outbox = await outbox_of_app.Outbox.open(store, device.deviceId, () => Date.now());
  const at = Math.floor(Date.now() / 1000);
  const { checkpoint: { id: checkpoint }, direction } = device;
  const knowledge = { category: "ordinary", clockFloorAt: at - 600, lastCrossing: null, quotaUsed: new Map() };
  const begun = performance.now();
  for (const qrText of texts) {
    const { link: { recordId } } = await outbox.append((link) => ({ type: "scan", link,
      scan: { checkpoint, direction, ...knowledge }, scannedAt: at, bundleSerial: bundle.serial,
      appVersion: "bench", qrText, decision: { verdict: "ADMIT", reasons: [], backBy: null } }));
    await outbox.append((link) => ({ type: "action", link, scanId: recordId,
      action: 1, actedAt: at, actedBy: 2, ground: "" }));
  }
  store.close();
  return performance.now() - begun;
}"""
# How far the day is sent is read from where the app keeps it; the highest use of memory is taken along the way.
_SEND = """async (patience) => {
  const open = indexedDB.open("borderpass-gate");
  const database = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const waiting = () => new Promise((resolve) => {
    const request = database.transaction("chains").objectStore("chains").getAll();
    request.onsuccess = () => resolve(request.result.reduce((sum, one) => sum + one.deviceSeq - one.acknowledged, 0));
  });
  performance.clearResourceTimings();
  const begun = performance.now();
  let highest = 0;
  window.dispatchEvent(new Event("online"));
  while (await waiting() > 0) {
    if (performance.now() - begun > patience) throw new Error(`not sent: ${await waiting()}`);
    highest = Math.max(highest, performance.memory.usedJSHeapSize);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  const ended = performance.now();
  database.close();
  const posts = performance.getEntriesByType("resource").filter((one) => one.name.endsWith("/api/v1/scans"));
  return [ended - begun, posts.reduce((sum, one) => sum + one.responseEnd - one.startTime, 0), posts.length, highest];
}"""


def measure_day(phone: GatePhone, land: Land, scans: int) -> Iterator[Result]:
    """Give what writing, keeping and sending a day's scans takes, with the server's own time as the limit."""
    page, context = phone.page, phone.context
    phone.expect_ready()
    tool = context.new_cdp_session(page)
    before_mb, room_before = heap(tool), _room(phone)
    context.set_offline(True)
    page.evaluate(_bundled_outbox())
    texts = land.take(scans)
    write_ms = sum(page.evaluate(_WRITE, texts[at : at + _AT_ONCE]) for at in range(0, scans, _AT_ONCE))
    page.reload()
    phone.expect_ready()
    after_mb, room_mb = heap(tool), _room(phone) - room_before
    context.set_offline(False)
    sync_ms, posts_ms, posts, highest = page.evaluate(_SEND, _PATIENCE_MS)
    assert len(land.ledger.records(phone.device)) >= 2 * scans
    assert land.ledger.cases(phone.device) == []
    limit_s = _post_from_python(land, scans)
    value = sync_ms / 1000
    note = (
        f"{scans:,} scans and as many actions in {posts} batches, {posts_ms / 1000:.1f} s of it the requests; heap "
        f"{before_mb:.1f} MB before, {after_mb:.1f} with all of it waiting, {highest / 1e6:.0f} at most while sending; "
        f"{room_mb:.0f} MB on the disk; a record is written in {write_ms / scans / 2:.1f} ms"
    )
    yield Result("phone_day", value, limit_s, limit_s / value, "s", AIM, note)


def _room(phone: GatePhone) -> float:
    return float(phone.page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")) / 1e6


def _bundled_outbox() -> str:
    """Return the app's own outbox as one script."""
    with tempfile.TemporaryDirectory() as folder:
        entry, script = Path(folder) / "entry.ts", Path(folder) / "script.js"
        store = _SCANNER / "src" / "store"
        entry.write_text(
            f'export {{ Outbox }} from "{store}/outbox.ts";\nexport {{ openStore }} from "{store}/database.ts";\n'
        )
        words = [str(_SCANNER / "node_modules" / ".bin" / "rolldown"), str(entry), "--format", "iife"]
        words += ["--name", "outbox_of_app", "--file", str(script)]
        subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return script.read_text("utf-8").replace("var outbox_of_app =", "window.outbox_of_app =", 1)


def _post_from_python(land: Land, scans: int) -> float:
    """Return in how many seconds the server alone takes a day in."""
    signer = new_signer()
    server = http.client.HTTPConnection("127.0.0.1", land.served.port, timeout=60)
    key = base64.urlsafe_b64encode(b"\x04" + signer.point).decode().rstrip("=")
    body = {"code": land.office.code(lane="2"), "public_key": key}
    told = json.loads(_post(server, "/api/v1/devices/enrol", json.dumps(body).encode(), "application/json"))
    batches = _batches(signer, UUID(told["device_id"]), land.take(scans), told["bundle_serial"])
    begun = perf_counter()
    for batch in batches:
        _post(server, "/api/v1/scans", batch, "application/cose", told["device_id"])
    taken = perf_counter() - begun
    server.close()
    assert land.ledger.cases(UUID(told["device_id"]).hex) == []
    return taken


def _post(server: http.client.HTTPConnection, path: str, body: bytes, kind: str, device: str = "") -> bytes:
    server.request("POST", path, body, {"Content-Type": kind, "BorderPass-Device": device})
    answer = server.getresponse()
    octets = answer.read()
    assert answer.status == 200, octets
    return octets


def _batches(signer: FileSigner, device: UUID, texts: Sequence[str], serial: int) -> list[bytes]:
    now, previous = datetime.now(UTC).replace(microsecond=0), FIRST_PREVIOUS
    records: list[bytes] = []
    for text in texts:
        link = Link(new_id(), device, len(records) + 1, previous)
        scan = ScanRecord(link, Scan("poipet", Direction.EXIT), now, serial, "bench", text, _ADMITTED)
        records.append(write_record(scan))
        link = Link(new_id(), device, len(records) + 1, digest_of_record(records[-1]))
        records.append(write_record(ActionRecord(link, scan.link.record_id, Action.ADMIT, now, ActedBy.CLOCK, "")))
        previous = digest_of_record(records[-1])
    parts = [records[at : at + BATCH] for at in range(0, len(records), BATCH)]
    return [write_batch(part, signer.kid, signer.sign) for part in parts]
