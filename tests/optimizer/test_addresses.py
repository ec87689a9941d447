"""Which addresses a fetch may reach."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.addresses import is_reachable

PRIVATE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused(address: str) -> None:
    assert not is_reachable(address, loopback_permitted=False)


@pytest.mark.parametrize("address", [each for each in PRIVATE if "127." not in each and each != "::1"])
def test_permitting_loopback_permits_nothing_else(address: str) -> None:
    if not any(each in address for each in ("7f00:1", "127.0.0.1")):
        assert not is_reachable(address, loopback_permitted=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_reachable(address: str) -> None:
    assert is_reachable(address, loopback_permitted=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_reachable_where_permitted(address: str) -> None:
    assert is_reachable(address, loopback_permitted=True)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_what_it_carries(carried: ipaddress.IPv4Address) -> None:
    expected = is_reachable(str(carried), loopback_permitted=False)

    assert expected == is_reachable(f"::ffff:{carried}", loopback_permitted=False)


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_no_private_address_hides_in_an_ipv6_one(carried: ipaddress.IPv4Address) -> None:
    if not is_reachable(str(carried), loopback_permitted=False):
        high, low = divmod(int(carried), 1 << 16)
        for hiding in (f"64:ff9b::{high:x}:{low:x}", f"2002:{high:x}:{low:x}::1", f"::{high:x}:{low:x}"):
            assert not is_reachable(hiding, loopback_permitted=False)
