"""How does a page become a picture that is small enough for the documentation?"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

MOST_BYTES = 60_000
_COLOURS = (256, 128, 64, 32)


def take(out: Path, page: Page, name: str) -> None:
    """Take one picture of what is in view once everything on it stands still, in few colours."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    shot = Image.open(io.BytesIO(page.screenshot(caret="hide"))).convert("RGB")
    for colours in _COLOURS:
        octets = io.BytesIO()
        shot.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(octets, "PNG", optimize=True)
        if octets.tell() <= MOST_BYTES:
            (out / f"{name}.png").write_bytes(octets.getvalue())
            return
    raise SystemExit(f"{name} is larger than {MOST_BYTES:,} bytes: show less before the camera")
