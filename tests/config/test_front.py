"""The demo's front: one address, files to one process and the rest to the other, nothing believed of senders."""

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from config.front import Front, led
from config.processes import free_port


class Tells(BaseHTTPRequestHandler):
    """Answers with its server's name, the length of what came and who is said to have sent it."""

    def do_POST(self):
        came = len(self.rfile.read(int(self.headers["Content-Length"])))
        said = f"{self.server.name} {came} {self.headers['X-Forwarded-For']}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_words):
        pass


@pytest.fixture
def address():
    servers = [HTTPServer(("127.0.0.1", 0), Tells) for _ in range(2)]
    for server, name in zip(servers, ("web", "uploads"), strict=True):
        server.name = name
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    port, loop = free_port(), asyncio.new_event_loop()
    front = Front(*(server.server_port for server in servers))
    opened = loop.run_until_complete(asyncio.start_server(front.lead, "127.0.0.1", port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}", servers
    loop.call_soon_threadsafe(opened.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(timeout=5)
    loop.close()
    for server in servers:
        server.shutdown()
        server.server_close()


def test_files_go_to_one_process_and_everything_else_to_the_other(address):
    at, servers = address
    lies = {"X-Forwarded-For": "8.8.8.8"}
    for path, name in (("/uploads/x", "uploads"), ("/cases", "web"), ("/x/uploads/", "web")):
        with urlopen(Request(at + path, b"z" * 300_000, lies)) as answer:
            assert answer.read().decode() == f"{name} 300000 127.0.0.1"
    servers[1].shutdown()
    servers[1].server_close()
    with pytest.raises(HTTPError, match="502"):
        urlopen(Request(f"{at}/uploads/x", b"z"))


def test_a_head_goes_on_with_one_request_a_connection_and_the_sender_we_saw():
    head = b"GET /uploads/a HTTP/1.1\r\nHost: h\r\nConnection: keep-alive\r\nx-forwarded-for: 1.1.1.1\r\n\r\n"
    is_file, sent = led(head, "127.0.0.9")
    assert is_file
    assert sent == (
        b"GET /uploads/a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 127.0.0.9\r\nConnection: close\r\n\r\n"
    )
