"""With which headers do the files of the phone's two apps leave: /gate/ for officers, /check/ for everybody?

They may use the camera, and compile WebAssembly that reads QR codes, which no other page may (W3C CSP Level 3, section
2.3.1 on 'wasm-unsafe-eval'; Permissions Policy). A worker goes by the policy of its own file, so every file has it.

What a build names by its content is kept for a year. The rest (the page, the manifest, the service worker) is asked
for anew each time, by what is in it: the time of a file says nothing where packages are made with one time for all.
Nothing here is for the pages of another host, as WhiteNoise would have it.
"""

from hashlib import sha256
from pathlib import Path
from wsgiref.headers import Headers

APPS = ("gate", "check")
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
_KEPT, _ASKED = "public, max-age=31536000, immutable", "no-cache"
_OURS = tuple(f"/{app}/" for app in APPS)
_NAMED_BY_CONTENT = tuple(f"/{app}/assets/" for app in APPS)


def add_phone_headers(headers: Headers, path: str, url: str) -> None:
    """Set the headers of a file (`path`) that is served at an address (`url`); other files are left as they are."""
    if not url.startswith(_OURS):
        return
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["Permissions-Policy"] = PERMISSIONS_POLICY
    del headers["Access-Control-Allow-Origin"]
    if url.startswith(_NAMED_BY_CONTENT):
        headers["Cache-Control"] = _KEPT
    else:
        headers["Cache-Control"] = _ASKED
        headers["ETag"] = f'"{sha256(Path(path).read_bytes()).hexdigest()}"'
