"""The address of the demo's real way: leads what lies below /uploads/ to one process and the rest to the other.

It stands for the proxy that every installation has (script/container/front.conf says the same to nginx), on the
loopback and for a demo: one request a connection, bytes passed on as they come, nothing kept.
"""

import asyncio
import contextlib
import sys

UPLOADS = b"/uploads/"
LONGEST_HEAD = 65_536
CHUNK = 65_536
AWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
OF_A_CONNECTION = {b"connection", b"keep-alive", b"x-forwarded-for"}


def led(head: bytes, sender: str) -> tuple[bool, bytes]:
    """Whether a request's head goes to the uploads, and the head as it goes on: one request, and who sent it."""
    first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    kept = [one for one in lines if one.partition(b":")[0].strip().lower() not in OF_A_CONNECTION]
    more = [b"X-Forwarded-For: " + sender.encode(), b"Connection: close"]
    _, _, target = first.partition(b" ")
    return target.startswith(UPLOADS), b"\r\n".join([first, *kept, *more, b"", b""])


class Front:
    """Leads connections on: `web` and `uploads` are ports of the loopback."""

    def __init__(self, web: int, uploads: int) -> None:
        self.web, self.uploads = web, uploads

    async def serve(self, port: int) -> None:
        """Listens until the process ends."""
        server = await asyncio.start_server(self.lead, "127.0.0.1", port, limit=LONGEST_HEAD)
        async with server:
            await server.serve_forever()

    async def lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request and its answer; whichever side goes, the other is let go too."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await reader.readuntil(b"\r\n\r\n")
            sender = writer.get_extra_info("peername")[0]
            to_uploads, head = led(head, sender)
            port = self.uploads if to_uploads else self.web
            try:
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                writer.write(AWAY)
                await writer.drain()
            else:
                far_writer.write(head)
                await passed(reader, writer, far_reader, far_writer)
        writer.close()


async def passed(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    far_reader: asyncio.StreamReader,
    far_writer: asyncio.StreamWriter,
) -> None:
    """Bytes both ways until the answer is whole; a sender that breaks off is seen by the process at once."""
    sending = asyncio.ensure_future(pour(reader, far_writer))
    answering = asyncio.ensure_future(pour(far_reader, writer))

    def let_go(_: object) -> None:
        if reader.at_eof():
            far_writer.transport.abort()

    sending.add_done_callback(let_go)
    with contextlib.suppress(OSError):
        await answering
    sending.cancel()
    far_writer.close()


async def pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Everything from one side to the other."""
    while chunk := await source.read(CHUNK):
        target.write(chunk)
        await target.drain()


if __name__ == "__main__":
    own, web, uploads = (int(word) for word in sys.argv[1:4])
    asyncio.run(Front(web, uploads).serve(own))
