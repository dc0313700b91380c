"""A wire to a server that a test can cut, or make deaf in one direction."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit, urlunsplit


class Wire:
    """Forwards bytes between a local port and a server until it is cut."""

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.is_cut = False
        self.is_deaf = False  # nothing more reaches the server
        self.links: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def through(self, url: str) -> str:
        """The same URL over this wire."""
        parts = urlsplit(url)
        secret = parts.netloc.rpartition("@")[0]
        return urlunsplit(parts._replace(netloc=f"{secret}@127.0.0.1:{self.port}"))

    def cut(self) -> None:
        """Breaks every connection; new ones are closed at once."""
        self.is_cut = True
        for link in list(self.links):
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = self.is_deaf = False

    def close(self) -> None:
        self.cut()
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(self.server)
            self.links |= {near, far}
            for source, target, is_out in ((near, far, True), (far, near, False)):
                arguments = (source, target, is_out)
                threading.Thread(target=self._carry, args=arguments, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_out: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not (is_out and self.is_deaf):
                    target.sendall(data)
        for link in (source, target):
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
            self.links.discard(link)
