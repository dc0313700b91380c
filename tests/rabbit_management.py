"""The management API of the private RabbitMQ: virtual hosts of tests' own."""

import json
import os
from base64 import b64encode
from http.client import HTTPConnection
from urllib.parse import urlsplit


def make_vhost(name: str) -> None:
    """An empty virtual host of this name, whatever it held before."""
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    user = urlsplit(os.environ["BROKER_MANAGEMENT_URL"]).username
    drop_vhost(name)
    _manage("PUT", f"/api/vhosts/{name}")
    _manage("PUT", f"/api/permissions/{name}/{user}", everything)


def drop_vhost(name: str) -> None:
    """Away with it; one that is not there is fine."""
    _manage("DELETE", f"/api/vhosts/{name}")


def _manage(method: str, path: str, body: dict[str, str] | None = None) -> None:
    address = urlsplit(os.environ["BROKER_MANAGEMENT_URL"])
    signed = b64encode(f"{address.username}:{address.password}".encode()).decode()
    link = HTTPConnection(address.hostname or "", address.port, timeout=30)
    headers = {"Authorization": f"Basic {signed}", "Content-Type": "application/json"}
    link.request(method, path, json.dumps(body or {}), headers)
    status = link.getresponse().status
    link.close()
    assert status < 300 or (method, status) == ("DELETE", 404), f"{method} {path}: {status}"
