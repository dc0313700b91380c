"""Where a request comes from, for limits by address: never shown, kept only as a keyed digest."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def origin_of(request: HttpRequest) -> str:
    """The client's address: the one that the outermost of our own proxies saw (settings.PROXIES).

    What a client writes into the header itself stands further left and is not believed. Of an IPv6
    address the network of 64 bits counts, because one subscriber has all of it.
    """
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXIES:
        steps = [*request.headers.get("X-Forwarded-For", "").split(","), told]
        told = steps[max(-settings.PROXIES - 1, -len(steps))].strip()
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
