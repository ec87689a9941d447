"""What REST bodies have in common: camelCase names, unknown fields refused, exact numbers as text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel

from api.scalars import address_to_text, time_to_text

Item = TypeVar("Item")

Moment = Annotated[datetime, PlainSerializer(lambda value: time_to_text(value.astimezone(UTC)), return_type=str)]
"""RFC 3339 in UTC."""

BigText = Annotated[int, PlainSerializer(lambda value: str(int(value)), return_type=str)]
"""An integer of up to 256 bits as a decimal string: a JSON number loses digits past 2**53."""

AddressText = Annotated[
    bytes,
    PlainSerializer(address_to_text, return_type=str),
    Field(json_schema_extra={"type": "string", "pattern": "^0x[0-9a-fA-F]{40}$"}),
]
"""20 bytes, checksummed (EIP-55)."""

HexText = Annotated[bytes, PlainSerializer(lambda value: "0x" + bytes(value).hex(), return_type=str)]
"""Bytes as lower-case hexadecimal with 0x."""


class Shape(BaseModel):
    """A body or a part of one."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="forbid", frozen=True
    )


class Problem(Shape):
    """RFC 9457. `code` is stable; `field` names what of the request was wrong; `nextStep` what to do about it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    field: str | None = None
    next_step: str | None = None


class PageOf(Shape, Generic[Item]):
    """A page of a list. `nextCursor`: pass it as `after` for the next page; null on the last."""

    items: list[Item]
    next_cursor: str | None
