"""The play reaches an installation also where its own name leads elsewhere."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from deploy.demo.connection import connected


class Proxy(HTTPServer):
    """Notes what it is asked, and gives a cookie."""

    asked: list[tuple[str, str | None]]


class Asked(BaseHTTPRequestHandler):
    """Answers everything."""

    server: Proxy

    def do_GET(self) -> None:
        if self.path == "/cut" and not self.server.asked:
            self.server.asked.append(("cut", None))
            self.send_response(200)
            self.send_header("Content-Length", "1764")
            self.end_headers()
            self.close_connection = True
            return
        self.server.asked.append((self.headers["Host"], self.headers["Cookie"]))
        self.send_response(200)
        self.send_header("Set-Cookie", "session=1; Path=/")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Nothing is to be seen."""


def test_the_origin_is_asked_for_wherever_it_is_reached() -> None:
    with proxy() as (place, asked), connected("http://training.example:81", through=place) as http:
        http.get("/registration/")
        http.get("http://training.example:81/scheduling/")

    assert asked == [("training.example:81", None), ("training.example:81", "session=1")]


def test_an_answer_that_is_cut_off_in_its_middle_is_asked_for_again() -> None:
    with proxy() as (place, asked), connected(place) as http:
        answer = http.get("/cut")

    assert answer.status_code == 200
    assert [host for host, _ in asked] == ["cut", place.removeprefix("http://")]


@contextmanager
def proxy() -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """Where the proxy is, and what it was asked."""
    server = Proxy(("127.0.0.1", 0), Asked)
    server.asked = []
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
