"""Say what is to be done with a pass. INPUT: a picture (PNG, JPEG, WebP), a PDF, a text file, or - for standard input.

Needs no database when given a bundle and a root. Exits 0 if every input is ADMIT, 1 if any is not, 2 on bad usage.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from borderpass.cli.outcome_words import as_json, as_text
from borderpass.cli.refused import Refused, bad_usage
from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import LATEST_TIMESTAMP, PHNOM_PENH
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.verdict import against, decide
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.verify_pass import Outcome, verify_pass
from borderpass.signing.file_keystore import read_public_pem
from borderpass.signing.signer import SigningError
from borderpass.wire.bundle import read_bundle
from borderpass.wire.refusal import WireError

_STDIN = "-"
_MAX_BYTES = 32 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to verify, with what, and where it is shown."""
    parser.add_argument("inputs", metavar="INPUT", nargs="+")
    parser.add_argument("--bundle", metavar="FILE", type=Path, help="a signed bundle (default: the latest published)")
    parser.add_argument("--root", metavar="PEM", type=Path, help="the public key of the national root")
    parser.add_argument("--checkpoint", metavar="ID", help="the gate; without it the rules of gates are left out")
    parser.add_argument("--direction", choices=[one.value for one in Direction], default=Direction.EXIT.value)
    parser.add_argument("--at", metavar="ISO", help="the instant (default: now; Phnom Penh time where none is said)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Verify every input and say what is to be done with each."""
    now = _instant(arguments.at)
    bundle = _bundle(arguments.bundle, arguments.root)
    if arguments.checkpoint is not None and arguments.checkpoint not in bundle.checkpoints:
        gates = ", ".join(sorted(bundle.checkpoints))
        raise bad_usage(f"the bundle knows no checkpoint {arguments.checkpoint!r}; it knows {gates}")
    scan = Scan(checkpoint=arguments.checkpoint, direction=Direction(arguments.direction))
    if arguments.inputs.count(_STDIN) > 1:
        raise bad_usage("standard input can be read once")
    contents = [(name, _read(name)) for name in arguments.inputs]
    strictest = Verdict.ADMIT
    for name, content in contents:
        outcome = _verify(content, scan, bundle, now)
        strictest = max(strictest, outcome.decision.verdict)
        if arguments.json:
            sys.stdout.write(json.dumps(as_json(name, outcome, scan, bundle, now), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(as_text(name, outcome, bundle, now))
    return 0 if strictest is Verdict.ADMIT else 1


def _instant(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(text)
        instant = (instant if instant.tzinfo else instant.replace(tzinfo=PHNOM_PENH)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise bad_usage(f"--at {text!r} is not an instant such as 2026-11-22T08:30") from None
    if not 0 <= instant.timestamp() <= LATEST_TIMESTAMP:
        raise bad_usage(f"--at {text!r} is not between the years 1970 and 9998")
    return instant


def _bundle(bundle_file: Path | None, root_file: Path | None) -> Bundle:
    try:
        if bundle_file is not None and root_file is not None:
            return read_bundle(_read_file(bundle_file), read_public_pem(_read_file(root_file)))
        if bundle_file is not None or root_file is not None:
            raise bad_usage("give both --bundle and --root, or neither (then the installation's own are used)")
        return _own_bundle()
    except (WireError, SigningError) as error:
        raise bad_usage(f"the bundle cannot be used: {error}") from None


def _own_bundle() -> Bundle:
    from borderpass.cli.installation import root_pem, set_up_founded

    home = set_up_founded()
    from borderpass.services.load_bundle import latest_bundle, load_bundle

    published = latest_bundle()
    bundle = load_bundle(published.serial, root_pem(home)) if published is not None else None
    if bundle is None:
        raise Refused("nothing was published yet: run borderpass bundle export FILE")
    return bundle


def _read(name: str) -> bytes:
    if name == _STDIN:
        return sys.stdin.buffer.read(_MAX_BYTES + 1)
    return _read_file(Path(name))


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise bad_usage(f"cannot read {path}: {error.strerror}") from None


def _verify(content: bytes, scan: Scan, bundle: Bundle, now: datetime) -> Outcome:
    texts = _texts(content)
    if isinstance(texts, str):
        return Outcome(decide([against(Reason.NOT_A_PASS, scan.direction)]), None, texts)
    outcomes = [verify_pass(text, scan, bundle, now) for text in texts]
    passes = [outcome for outcome in outcomes if Reason.NOT_A_PASS not in outcome.decision.reasons]
    if len(passes) > 1:
        detail = f"{len(passes)} passes in one picture: show them one by one"
        return Outcome(decide([against(Reason.NOT_A_PASS, scan.direction)]), None, detail)
    return passes[0] if passes else outcomes[0]


def _texts(content: bytes) -> list[str] | str:
    """Return the QR texts in an input, at least one, or a sentence that says why there is none."""
    from borderpass.pictures.magic import looks_like_picture

    if len(content) > _MAX_BYTES:
        return f"larger than {_MAX_BYTES // 1024 // 1024} MiB"
    if not looks_like_picture(content):
        # Line ends belong to the file; a space may belong to the text (Base45 has one).
        return [content.decode("utf-8-sig", errors="replace").strip("\r\n")]
    from borderpass.pictures.read_codes import UnreadableError, read_codes

    try:
        return read_codes(content) or "no QR code found in the picture"
    except UnreadableError as error:
        return str(error)
