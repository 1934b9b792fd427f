"""A paging service of a clinic, on this machine: what it was called with, and what it answers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, override


class Pager:
    """``answers`` is the status of its answer. It keeps its port while it is away."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.answers = 204
        with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as found:
            self.port = found.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/page"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.calls]

    @contextmanager
    def there(self) -> Iterator["Pager"]:
        """While it can be called."""
        server = HTTPServer(("127.0.0.1", self.port), _door(self))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _door(pager: Pager) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            pager.calls.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(pager.answers)
            if pager.answers == 302:
                self.send_header("Location", pager.url)
            self.end_headers()

        @override
        def log_message(self, *_args: Any) -> None:
            pass

    return Door
