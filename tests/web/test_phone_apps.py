"""/gate/ and /check/: the phone's two apps as files, without cookie or session; where not built, what to run."""

import gzip
import hashlib
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from borderpass.domain.actors import StaffRole
from borderpass.store.models import Staff

APPS = ("gate", "check")
SESSION = f"sessionid={32 * 'a'}"
POLICY = (
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SCRIPT = b"export const decide = () => 'ADMIT';\n" * 50
FILES = {
    "index.html": b"<!doctype html><title>scanner</title>",
    "manifest.webmanifest": b"{}",
    "sw.js": b"self.skip = 1;",
    "assets/main-Dk3x.js": SCRIPT,
    "assets/worker-9fQa.js": b"onmessage = () => 0;",
    "assets/zxing-1b2c.wasm": b"\0asm\1\0\0\0",
    "assets/khmer-77aa.woff2": b"wOF2",
    "assets/style-0c0c.css": b"body{}",
}
TYPES = {
    "": 'text/html; charset="utf-8"',
    "manifest.webmanifest": "application/manifest+json",
    "sw.js": 'text/javascript; charset="utf-8"',
    "assets/main-Dk3x.js": 'text/javascript; charset="utf-8"',
    "assets/worker-9fQa.js": 'text/javascript; charset="utf-8"',
    "assets/zxing-1b2c.wasm": "application/wasm",
    "assets/khmer-77aa.woff2": "font/woff2",
    "assets/style-0c0c.css": 'text/css; charset="utf-8"',
}
EVERY_FILE = [f"/{app}/{name}" for app in APPS for name in TYPES]


@pytest.fixture
def built(tmp_path: Path, settings: Any) -> Path:
    """A folder as a build leaves it."""
    for app in APPS:
        for name, content in FILES.items():
            path = tmp_path / app / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (tmp_path / app / "assets" / "main-Dk3x.js.gz").write_bytes(gzip.compress(SCRIPT, mtime=0))
    settings.WHITENOISE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def not_built(settings: Any) -> None:
    settings.WHITENOISE_ROOT = None


def get(client: Client, path: str, **headers: str) -> Any:
    """Return an answer whose file was read to its end, as `body`: then it is closed."""
    response = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response.body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return response


class TestWhatIsBuilt:
    @pytest.mark.parametrize("app", APPS)
    def test_the_page_is_at_the_apps_address(self, client: Client, built: Path, app: str) -> None:
        response = get(client, f"/{app}/")
        assert (response.status_code, response.body) == (200, FILES["index.html"])

    @pytest.mark.parametrize("app", APPS)
    def test_without_the_stroke_at_the_end_one_is_led_there(self, client: Client, built: Path, app: str) -> None:
        for path, leads_to in ((f"/{app}", f"{app}/"), (f"/{app}/index.html", "./")):
            response = get(client, path)
            assert (response.status_code, response.headers["Location"]) == (302, leads_to)

    @pytest.mark.parametrize("path", EVERY_FILE)
    def test_each_file_says_what_it_is(self, client: Client, built: Path, path: str) -> None:
        response = get(client, path)
        assert (response.status_code, response.headers["Content-Type"]) == (200, TYPES[path.split("/", 2)[2]])

    @pytest.mark.parametrize("path", EVERY_FILE)
    def test_each_file_has_the_policies_the_workers_too(self, client: Client, built: Path, path: str) -> None:
        headers = get(client, path).headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["Permissions-Policy"].startswith("camera=(self), geolocation=()")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in headers

    @pytest.mark.parametrize("path", EVERY_FILE)
    def test_what_is_named_by_its_content_is_kept_a_year_and_the_rest_asked_for_anew(
        self, client: Client, built: Path, path: str
    ) -> None:
        kept = "public, max-age=31536000, immutable" if "/assets/" in path else "no-cache"
        assert get(client, path).headers["Cache-Control"] == kept

    @pytest.mark.parametrize("name", ["", "sw.js", "manifest.webmanifest"])
    def test_who_has_the_newest_gets_304_and_who_has_an_older_one_of_the_same_time_and_size_does_not(
        self, client: Client, built: Path, name: str
    ) -> None:
        etag = get(client, f"/gate/{name}").headers["ETag"]
        assert etag == f'"{hashlib.sha256(FILES[name or "index.html"]).hexdigest()}"'
        assert get(client, f"/gate/{name}", If_None_Match=etag).status_code == 304
        path = built / "gate" / (name or "index.html")
        times = (path.stat().st_atime, path.stat().st_mtime)
        path.write_bytes(path.read_bytes()[::-1])
        os.utime(path, times)
        assert get(Client(), f"/gate/{name}", If_None_Match=etag).status_code == 200

    def test_what_was_packed_beforehand_is_sent_packed_to_who_takes_it(self, client: Client, built: Path) -> None:
        packed = get(client, "/gate/assets/main-Dk3x.js", Accept_Encoding="gzip, br")
        assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
        assert packed.headers["Content-Security-Policy"] == POLICY
        assert gzip.decompress(packed.body) == SCRIPT
        plain = get(client, "/gate/assets/main-Dk3x.js")
        assert ("Content-Encoding" in plain.headers, plain.body) == (False, SCRIPT)

    @pytest.mark.parametrize("path", [*EVERY_FILE, "/gate", "/gate/index.html"])
    def test_no_cookie_is_set_and_nothing_asked_of_the_database(self, client: Client, built: Path, path: str) -> None:
        assert not get(client, path, Cookie=SESSION).cookies

    @pytest.mark.parametrize("path", ["/gate/", "/check/sw.js"])
    def test_another_method_is_not_allowed(self, client: Client, built: Path, path: str) -> None:
        response = client.post(path)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")

    @pytest.mark.parametrize("path", ["/gate/nothing", "/check/assets/old-1111.js", "/gate/../settings.py"])
    def test_a_file_that_is_not_there_is_not_found(self, client: Client, built: Path, path: str) -> None:
        response = get(client, path)
        assert response.status_code == 404
        assert "There is no such page" in response.content.decode()
        assert not response.cookies

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", ["/", "/sign-in/", "/static/borderpass/style.css", "/gate-office/"])
    def test_the_rest_of_the_site_has_no_camera(self, client: Client, built: Path, path: str) -> None:
        headers = get(client, path).headers
        assert "camera=(self)" not in headers.get("Permissions-Policy", "camera=()")
        assert "wasm-unsafe-eval" not in headers.get("Content-Security-Policy", "")


class TestWhatIsNotBuilt:
    @pytest.mark.parametrize("path", ["/gate/", "/check/", "/gate/sw.js", "/check/assets/main-Dk3x.js"])
    @pytest.mark.parametrize("method", ["get", "head", "post"])
    def test_it_says_so_whatever_is_asked_and_keeps_nothing(
        self, client: Client, not_built: None, path: str, method: str
    ) -> None:
        response = getattr(client, method)(path, headers={"Cookie": SESSION})
        assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
        assert not response.cookies
        assert "Cookie" not in response.headers["Vary"]

    @pytest.mark.parametrize(
        ("language", "title"),
        [("km", "មិនទាន់មានកម្មវិធីនេះនៅទីនេះទេ"), ("en", "This app is not here yet"), ("th", "ยังไม่มีแอปนี้ที่นี่")],
    )
    def test_it_says_what_to_run_in_three_languages(self, not_built: None, language: str, title: str) -> None:
        html = get(Client(HTTP_ACCEPT_LANGUAGE=language), "/gate/").content.decode()
        assert f'<html lang="{language}">' in html
        assert f'<h1 id="missing-title">{title}</h1>' in html
        assert "<code>make phone</code>" in html
        assert "<form" not in html

    def test_it_has_the_sites_policies_and_no_camera(self, client: Client, not_built: None) -> None:
        headers = get(client, "/gate/").headers
        assert "camera=()" in headers["Permissions-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]

    @pytest.mark.parametrize("app", APPS)
    def test_without_the_stroke_at_the_end_one_is_led_there(self, client: Client, not_built: None, app: str) -> None:
        assert get(client, f"/{app}").headers["Location"] == f"/{app}/"

    def test_one_app_may_be_there_without_the_other(self, client: Client, built: Path) -> None:
        for path in sorted((built / "check").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        assert get(client, "/gate/").status_code == 200
        assert get(client, "/check/").status_code == 503
        assert get(client, "/check/sw.js").status_code == 503

    def test_what_is_built_while_the_site_runs_waits_for_the_next_start(
        self, client: Client, tmp_path: Path, settings: Any
    ) -> None:
        settings.WHITENOISE_ROOT = tmp_path
        assert get(client, "/gate/").status_code == 503
        (tmp_path / "gate").mkdir()
        (tmp_path / "gate" / "index.html").write_bytes(b"<!doctype html>")
        assert get(client, "/gate/").status_code == 503
        assert get(Client(), "/gate/").status_code == 200


@pytest.mark.parametrize("app", APPS)
def test_somebody_signed_in_is_nobody_in_particular_there(
    db: None, not_built: None, app: str, django_assert_num_queries: Any
) -> None:
    client = Client()
    client.force_login(Staff.objects.add("bopha", "a long password of hers", StaffRole.CLERK, "0110"))
    with django_assert_num_queries(0):
        response = get(client, f"/{app}/")
    assert not response.cookies


@pytest.mark.django_db
def test_the_front_page_leads_to_both_and_says_for_whom(client: Client) -> None:
    html = get(client, "/").content.decode()
    assert re.search(r'<a href="/gate/">Scanner of the gates</a> <span class="hint">for officers of a gate', html)
    assert re.search(r'<a href="/check/">Check a pass with the camera</a> <span class="hint">for everybody', html)
