"""Readers of ABI words: 32 bytes to a Python value, refusing what Solidity would not have written."""

from collections.abc import Callable

from indexer.errors import LogUnreadable

Word = bytes
Reader = Callable[[Word], object]

WORD = 32
_ADDRESS_PADDING = bytes(12)


def reader(abi_type: str) -> Reader:
    """The reader for a static type of one word: uintN, intN, address, bool, bytesN."""
    if abi_type == "address":
        return _address
    if abi_type == "bool":
        return _bool
    if abi_type == "uint256":
        return _uint256
    if abi_type == "bytes32":
        return _bytes32
    if abi_type.startswith("uint"):
        return _uint(int(abi_type[4:]))
    if abi_type.startswith("int"):
        return _int(int(abi_type[3:]))
    if abi_type.startswith("bytes") and abi_type != "bytes":
        return _fixed_bytes(int(abi_type[5:]))
    raise ValueError(f"{abi_type} is not a static type of one word")


def dynamic_bytes(data: bytes, offset_word: Word) -> bytes:
    """The content of a `bytes` or `string` whose place in `data` is given by `offset_word`."""
    offset = int.from_bytes(offset_word)
    start = offset + WORD
    if start > len(data):
        raise LogUnreadable(f"offset {offset} lies outside of {len(data)} bytes of data")
    length = int.from_bytes(data[offset:start])
    padded = start + -(-length // WORD) * WORD
    if padded > len(data):
        raise LogUnreadable(f"length {length} reaches outside of {len(data)} bytes of data")
    if any(data[start + length : padded]):
        raise LogUnreadable("padding after the content is not zero")
    return data[start : start + length]


def _uint256(word: Word) -> int:
    return int.from_bytes(word)


def _bytes32(word: Word) -> bytes:
    return word


def _address(word: Word) -> bytes:
    if word[:12] != _ADDRESS_PADDING:
        raise LogUnreadable("an address with more than 20 bytes")
    return word[12:]


def _bool(word: Word) -> bool:
    value = int.from_bytes(word)
    if value > 1:
        raise LogUnreadable("a bool that is neither 0 nor 1")
    return value == 1


def _uint(bits: int) -> Reader:
    def read(word: Word) -> int:
        value = int.from_bytes(word)
        if value >> bits:
            raise LogUnreadable(f"a uint{bits} with more than {bits} bits")
        return value

    return read


def _int(bits: int) -> Reader:
    limit = 1 << (bits - 1)

    def read(word: Word) -> int:
        value = int.from_bytes(word, signed=True)
        if not -limit <= value < limit:
            raise LogUnreadable(f"an int{bits} with more than {bits} bits")
        return value

    return read


def _fixed_bytes(size: int) -> Reader:
    def read(word: Word) -> bytes:
        if any(word[size:]):
            raise LogUnreadable(f"a bytes{size} with more than {size} bytes")
        return word[:size]

    return read
