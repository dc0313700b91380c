"""The frames in which pages go to the press and papers come back (pure).

A four-byte length, a JSON head, then the bodies whose lengths the head names.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

PREFIX = struct.Struct(">I")


def frame(head: Mapping[str, Any], *bodies: bytes) -> bytes:
    """The bytes of one frame."""
    text = json.dumps({**head, "lengths": [len(body) for body in bodies]}).encode()
    return PREFIX.pack(len(text)) + text + b"".join(bodies)


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next frame of a blocking stream; None at its end."""
    size = stream.read(PREFIX.size)
    if len(size) < PREFIX.size:
        return None
    head = json.loads(stream.read(PREFIX.unpack(size)[0]))
    return head, [stream.read(length) for length in head["lengths"]]


def whole_frame(received: bytes | bytearray) -> tuple[dict[str, Any], list[bytes]] | None:
    """The frame in `received`, or None while a part of it is still to come."""
    if len(received) < PREFIX.size:
        return None
    start = PREFIX.size + PREFIX.unpack_from(received)[0]
    if len(received) < start:
        return None
    head = json.loads(received[PREFIX.size : start])
    if len(received) < start + sum(head["lengths"]):
        return None
    bodies = []
    for length in head["lengths"]:
        bodies.append(bytes(received[start : start + length]))
        start += length
    return head, bodies
