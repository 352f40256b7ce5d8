"""How does a hand scanner type? As a keyboard, faster than anybody, with Enter at the end."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

# A key has the time of its own stroke, however long the page was busy with the one before.
_TYPE = """
const type = (text) => {
  const start = performance.now();
  for (const [index, key] of [...text, "Enter"].entries()) {
    for (const kind of ["keydown", "keyup"]) {
      const event = new KeyboardEvent(kind, { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, "timeStamp", { value: start + index / 100 });
      (document.activeElement ?? document.body).dispatchEvent(event);
    }
  }
};
"""
# One traveller after the other: what needs a tap gets the one that agrees, whom silence admits waits for the next code.
_MANY = """
const until = async (holds, what) => {
  const end = performance.now() + 15000;
  for (;;) {
    const found = holds();
    if (found) return found;
    if (performance.now() > end) throw new Error(`never came: ${what}; ${document.body.innerText.slice(0, 400)}`);
    await new Promise((resolve) => { const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve; port2.postMessage(0); });
  }
};
const shown = () => document.querySelector("main.verdict .verdict-body");
const tones = [];
for (const [index, text] of texts.entries()) {
  const before = shown();
  type(text);
  const now = await until(() => shown() !== before && shown(), `verdict ${index}`);
  tones.push(document.querySelector("main.verdict").className.replace("verdict ", ""));
  if (now.ownerDocument.querySelector(".silence") !== null) continue;
  document.querySelector("main.verdict .verdict-foot .main").click();
  await until(() => document.querySelector("main.ready"), `camera after ${index}`);
}
return tones;
"""


def type_code(page: Page, text: str) -> None:
    """Type one code."""
    page.evaluate(f"(text) => {{ {_TYPE} type(text); }}", text)


def scan_many(page: Page, texts: Sequence[str]) -> list[str]:
    """Scan codes as fast as the phone shows verdicts, and tap where a tap is due; return the tones."""
    tones: Any = page.evaluate(f"async (texts) => {{ {_TYPE} {_MANY} }}", list(texts))
    return [str(tone) for tone in tones]
