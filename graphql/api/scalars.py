"""The scalars of the schema: exact at any size, and written in one way only.

BigInt is a decimal string (a JSON number loses digits past 2**53), Hex is lower-case 0x-hex, Address is checksummed
(EIP-55), DateTime is RFC 3339 in UTC. Each parser refuses what the serializer would not have written, except case.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NewType

import strawberry
from eth_utils.address import is_checksum_address, to_checksum_address
from strawberry.types.scalar import ScalarDefinition

from api.errors import BadInput

BigInt = NewType("BigInt", int)
Hex = NewType("Hex", bytes)
Address = NewType("Address", bytes)
DateTime = NewType("DateTime", datetime)

_DIGITS = re.compile(r"-?(0|[1-9][0-9]{0,77})", re.ASCII)
_HEX = re.compile(r"0x([0-9a-fA-F]{2})*", re.ASCII)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


@lru_cache(maxsize=65_536)  # a page repeats few addresses, and the checksum is a keccak each
def address_to_text(value: bytes) -> str:
    """The address with its EIP-55 checksum; 20 bytes."""
    return str(to_checksum_address(bytes(value)))


def time_to_text(value: datetime) -> str:
    """RFC 3339 in UTC, with Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def text_to_address(value: Any) -> Address:
    """The 20 bytes of an address. Mixed case must be the checksum, else a mistyped address would pass."""
    if not isinstance(value, str) or len(value) != 42 or not _HEX.fullmatch(value):
        raise BadInput("An address is 0x and 40 hexadecimal digits.")
    digits = value[2:]
    if digits not in (digits.lower(), digits.upper()) and not is_checksum_address(value):
        raise BadInput(f"{value} has a wrong checksum (EIP-55): a digit or a letter's case is mistyped.")
    return Address(bytes.fromhex(digits))


def text_to_hex(value: Any) -> Hex:
    """The bytes of 0x-hex."""
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise BadInput("A hash is 0x and an even number of hexadecimal digits.")
    return Hex(bytes.fromhex(value[2:]))


def text_to_big_int(value: Any) -> BigInt:
    """The integer of a decimal string of at most 78 digits; a plain JSON integer is taken too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return BigInt(value)
    if not isinstance(value, str) or not _DIGITS.fullmatch(value):
        raise BadInput("A BigInt is a string of at most 78 decimal digits.")
    return BigInt(int(value))


def text_to_time(value: Any) -> DateTime:
    """The moment of an RFC 3339 text; it must name its offset."""
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        raise BadInput("A DateTime is RFC 3339 with an offset, such as 2026-01-31T12:00:00Z.")
    try:
        return DateTime(datetime.fromisoformat(value).astimezone(UTC))
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{value} is no moment in time.") from error


SCALARS: dict[object, ScalarDefinition] = {
    BigInt: strawberry.scalar(
        name="BigInt",
        description="An integer of up to 256 bits, as a decimal string.",
        serialize=lambda value: str(int(value)),
        parse_value=text_to_big_int,
    ),
    Hex: strawberry.scalar(
        name="Hex",
        description="Bytes as lower-case hexadecimal with 0x; a hash has 32 bytes.",
        serialize=lambda value: "0x" + bytes(value).hex(),
        parse_value=text_to_hex,
    ),
    Address: strawberry.scalar(
        name="Address",
        description="An account or contract: 20 bytes, 0x-hexadecimal, checksummed (EIP-55) in answers.",
        serialize=address_to_text,
        parse_value=text_to_address,
    ),
    DateTime: strawberry.scalar(
        name="DateTime",
        description="A moment: RFC 3339, UTC. Times of chain rows are block timestamps.",
        serialize=time_to_text,
        parse_value=text_to_time,
    ),
}
