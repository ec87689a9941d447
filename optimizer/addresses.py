"""Which network addresses a fetch may reach: public unicast ones, and loopback where the setting permits it.

An address that carries another one inside (IPv4-mapped, NAT64, 6to4, Teredo) is judged by both.
"""

from __future__ import annotations

import ipaddress

__all__ = ["is_reachable"]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_REFUSED = (
    ipaddress.ip_network("168.63.129.16/32"),  # Azure's host services: a public address that is none
    ipaddress.ip_network("192.0.0.0/24"),  # IETF protocol assignments; Oracle's metadata among them
    ipaddress.ip_network("192.88.99.0/24"),  # the old 6to4 relay
    ipaddress.ip_network("64:ff9b:1::/48"),  # NAT64 inside a site
    ipaddress.ip_network("fec0::/10"),  # site-local
)

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_reachable(address: str, *, loopback_permitted: bool) -> bool:
    """Whether a fetch may connect to this address, given as text without zone."""
    parsed = ipaddress.ip_address(address)
    carried = _carried(parsed)
    if loopback_permitted and all(each.is_loopback for each in (carried or (parsed,))):
        return True
    return _is_public(parsed) and all(_is_public(each) for each in carried)


def _is_public(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address in _NAT64):
        return True  # judged by what it carries
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _REFUSED if network.version == address.version)
    )


def _carried(address: _Address) -> tuple[_Address, ...]:
    """The IPv4 addresses inside an IPv6 address."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    low_bits = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    carried: list[_Address] = []
    if address.ipv4_mapped:
        carried.append(address.ipv4_mapped)
    if address.sixtofour:
        carried.append(address.sixtofour)
    if address.teredo:
        carried.extend(address.teredo)
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        carried.append(low_bits)
    return tuple(carried)
