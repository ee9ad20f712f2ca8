"""A real HTTP server on this machine that answers calls as a test asks."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class WebOffice:
    """What the server answers next, and what it was asked."""

    port: int = 0
    answers: deque[tuple[int, str]] = field(default_factory=deque)
    location: str = ""
    hangs: bool = False
    closing: threading.Event = field(default_factory=threading.Event)
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is called."""
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def web_office() -> Iterator[WebOffice]:
    """A server on a free port of this machine, for as long as the block lasts."""
    office = WebOffice()

    class Counter(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            named = {name.lower(): value for name, value in self.headers.items()}
            office.calls.append((self.path, named, content))
            if office.hangs:
                office.closing.wait(30)
                return
            status, text = office.answers.popleft() if office.answers else (200, "")
            self.send_response(status)
            if office.location:
                self.send_header("Location", office.location)
            body = text.encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    office.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield office
    finally:
        office.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
