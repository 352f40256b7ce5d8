"""What does a browser keep of an app, how much may it keep, and what can be done with a device's key?"""

from typing import Any

from playwright.sync_api import Page

# Each is the body of an async function that has `all(name, store)`: everything in a store of a database.
_ALL = """
  const open = (name) => new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = async (name, store) => {
    const database = await open(name);
    const request = database.transaction(store).objectStore(store).getAll();
    const values = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    database.close();
    return values;
  };
"""
_RECORDS = 'return (await all("borderpass-gate", "records")).length;'
_NEEDS_TAP = 'return (await all("borderpass-gate", "devices"))[0].admitNeedsTap;'
_ASK_SIGNED = """
  const [device, path] = asked;
  const { key } = (await all("borderpass-gate", "devices")).find((one) => one.deviceId === device);
  const date = String(Math.floor(Date.now() / 1000));
  const lines = new TextEncoder().encode(["borderpass-request-v1", "GET", path, device, date].join("\\n"));
  const bits = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.privateKey, lines);
  const signature = new Uint8Array(bits).toBase64({ alphabet: "base64url", omitPadding: true });
  const headers = { "BorderPass-Device": device, "BorderPass-Date": date, "BorderPass-Signature": signature };
  const answer = await fetch(path, { headers });
  return [answer.status, (await answer.json()).code ?? ""];
"""
_DUMP = """
  const seen = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  const text = (value) => JSON.stringify(value, (key, one) =>
    one instanceof Uint8Array || one instanceof ArrayBuffer ? new TextDecoder("latin1").decode(one) : one);
  for (const { name } of await indexedDB.databases()) {
    const database = await open(name);
    const stores = [...database.objectStoreNames];
    database.close();
    for (const store of stores) seen.push(`${name}/${store}: ${text(await all(name, store))}`);
  }
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) seen.push(`${name}: ${url}`);
  }
  return seen.join("\\n");
"""
_FILL = """
  const request = indexedDB.open("pictures of the holidays");
  request.onupgradeneeded = () => request.result.createObjectStore("all", { autoIncrement: true });
  const database = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  // Chance does not compress, so that what is written takes the room that it has.
  const noise = new Uint8Array(1 << 20);
  for (let at = 0; at < noise.length; at += 65536) crypto.getRandomValues(noise.subarray(at, at + 65536));
  for (let size = noise.length; size >= 64;) {
    const transaction = database.transaction("all", "readwrite");
    transaction.objectStore("all").add(noise.slice(0, size));
    const fits = await new Promise((resolve) => {
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
    if (!fits) size >>= 1;
  }
  database.close();
"""
RECORDS_KEPT = f"(async () => {{ {_ALL} {_RECORDS} }})()"
"""An expression: a promise of how many records lie on the phone."""
ADMIT_NEEDS_TAP = f"(async () => {{ {_ALL} {_NEEDS_TAP} }})()"
"""An expression: a promise of whether the phone has heard that silence admits nobody."""


def ask_signed(page: Page, device: str, path: str) -> tuple[int, str]:
    """Ask the server with the device's key, as whoever holds the phone could; return status and problem code."""
    status, code = _run(page, _ASK_SIGNED, [device, path])
    return int(status), str(code)


def dump_stores(page: Page) -> str:
    """Return everything that a page's origin keeps in the browser as one text: databases, local storage, caches."""
    return str(_run(page, _DUMP))


def fill_up(page: Page) -> None:
    """Write into another database of the page's origin until nothing more fits."""
    _run(page, _FILL)


def _run(page: Page, body: str, asked: Any = None) -> Any:
    return page.evaluate(f"async (asked) => {{ {_ALL} {body} }}", asked)


class Room:
    """How much an address may keep in the browser. It holds as long as the page."""

    def __init__(self, page: Page, address: str) -> None:
        self._tool, self._address = page.context.new_cdp_session(page), address

    def limit(self, octets: int) -> None:
        """Leave so much."""
        self._tool.send("Storage.overrideQuotaForOrigin", {"origin": self._address, "quotaSize": octets})
