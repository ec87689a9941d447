"""Logs to events, driven by the ABIs.

Everything else calls `Decoder.decode` only, so that a compiled one can take its place.
Invariant: no log of ours is lost; what cannot be read comes back as SetAside with the reason, never as an exception.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from indexer.errors import LogUnreadable
from indexer.events import Event
from indexer.log import Log
from indexer.signature import topic0
from indexer.words import WORD, Reader, dynamic_bytes, reader


@dataclass(frozen=True, slots=True)
class SetAside:
    """A log of one of our contracts that nothing here can read, and why."""

    reason: str


class Decoder:
    """Reads the events of a set of contracts, each known by its address."""

    def __init__(self) -> None:
        self._codecs: dict[tuple[bytes, bytes], _Codec] = {}

    def add(self, address: bytes, abi: list[dict[str, Any]], events: Mapping[str, type[Event]]) -> None:
        """Takes up the events of the contract at `address`: those of its ABI that `events` has a type for."""
        for entry in abi:
            if entry["type"] == "event" and entry["name"] in events and not entry.get("anonymous"):
                self._codecs[address, topic0(entry)] = _Codec(entry, events[entry["name"]])

    def decode(self, log: Log) -> Event | SetAside:
        """The event that the log says, or why it says none."""
        if not log.topics:
            return SetAside("anonymous: no topic names the event")
        codec = self._codecs.get((log.address, log.topics[0]))
        if codec is None:
            return SetAside("unknown topic")
        try:
            return codec.read(log.topics, log.data)
        except LogUnreadable as error:
            return SetAside(f"{codec.name}: {error}")


class _Codec:
    """Reads one event. Fields are read in the ABI's order, which is the order of the type's fields."""

    __slots__ = ("_fields", "_head_words", "_is_dynamic", "_topics", "_type", "name")

    def __init__(self, entry: dict[str, Any], event: type[Event]) -> None:
        self.name: str = entry["name"]
        self._type = event
        hints = list(get_type_hints(event).values())
        inputs = entry["inputs"]
        if len(hints) != len(inputs):
            raise ValueError(f"{event.__name__} has {len(hints)} fields, {self.name} of the ABI {len(inputs)}")
        self._fields: list[tuple[bool, int, _Field]] = []
        self._topics, self._head_words = 1, 0
        for argument, hint in zip(inputs, hints, strict=True):
            field = _Field(argument, hint)
            if argument["indexed"]:
                self._fields.append((True, self._topics, field))
                self._topics += 1
            else:
                self._fields.append((False, self._head_words, field))
                self._head_words += field.words
        self._is_dynamic = any(field.is_dynamic for _, _, field in self._fields)

    def read(self, topics: tuple[bytes, ...], data: bytes) -> Event:
        if len(topics) != self._topics:
            raise LogUnreadable(f"{len(topics)} topics instead of {self._topics}")
        head = self._head_words * WORD
        # Longer data of a static event would be dropped silently, so it is refused too.
        if len(data) < head or (len(data) > head and not self._is_dynamic):
            raise LogUnreadable(f"{len(data)} bytes of data instead of {head}")
        values = [
            field.read(topics[at] if indexed else data, 0 if indexed else at) for indexed, at, field in self._fields
        ]
        if self._is_dynamic:
            self._check_tail(data, head)
        return self._type(*values)

    def _check_tail(self, data: bytes, end: int) -> None:
        """Content of no fixed size lies one after the other behind the head, and ends where the data does; bytes that
        no argument says would be dropped silently."""
        for indexed, at, field in self._fields:
            if field.is_dynamic and not indexed:
                if int.from_bytes(data[at * WORD : (at + 1) * WORD]) != end:
                    raise LogUnreadable("content that does not lie where Solidity would have written it")
                length = int.from_bytes(data[end : end + WORD])
                end += WORD + -(-length // WORD) * WORD
        if end != len(data):
            raise LogUnreadable(f"{len(data)} bytes of data, of which the arguments are {end}")


class _Field:
    """Reads one argument: a word, a static tuple of words, or bytes that the word points at."""

    __slots__ = ("_readers", "_tuple", "is_dynamic", "words")

    def __init__(self, argument: dict[str, Any], hint: type) -> None:
        abi_type: str = argument["type"]
        self.is_dynamic = abi_type in ("bytes", "string")
        self._tuple = hint if abi_type == "tuple" else None
        self._readers: list[Reader]
        if self.is_dynamic:
            if argument["indexed"]:
                raise ValueError(f"{argument['name']} is indexed and dynamic: the log has only its hash")
            self._readers = []
        elif self._tuple is not None:
            self._readers = [reader(component["type"]) for component in argument["components"]]
        else:
            self._readers = [reader(abi_type)]
        self.words = max(1, len(self._readers))

    def read(self, data: bytes, at_word: int) -> object:
        at = at_word * WORD
        if self.is_dynamic:
            return dynamic_bytes(data, data[at : at + WORD])
        if self._tuple is None:
            return self._readers[0](data[at : at + WORD])
        words = (data[start : start + WORD] for start in range(at, at + WORD * self.words, WORD))
        return self._tuple(*(read(word) for read, word in zip(self._readers, words, strict=True)))
