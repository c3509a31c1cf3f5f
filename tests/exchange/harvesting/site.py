"""A small site that behaves: files at addresses, with an ETag, and the statuses that a test asks for."""

import hashlib
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """What the site holds and what it was asked: files by path, or answers (status, headers) in their place."""

    def __init__(self, address: str):
        self.address = address
        self.files: dict[str, bytes] = {}
        self.refusals: dict[str, tuple[int, dict]] = {}
        self.asked: list[str] = []

    def at(self, path: str) -> str:
        return f"{self.address}{path}"


@contextmanager
def a_site():
    """The site while the test goes on, on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site, path = self.server.site, self.path
        site.asked.append(path)
        if path in site.refusals:
            self.answer(*site.refusals[path])
        elif path not in site.files:
            self.answer(404, {})
        else:
            self.give(site.files[path])

    def give(self, body):
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self.answer(304, {"ETag": etag})
        else:
            self.answer(200, {"ETag": etag, "Content-Type": "text/csv"}, body)

    def answer(self, status, headers, body=b""):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """A test is quiet."""
