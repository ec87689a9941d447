"""Which contracts to mirror, at which addresses, from which block."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract to mirror. `block`: the block that created it. `required_bits`: what a vote must say to count."""

    name: str
    address: bytes
    block: int
    required_bits: int | None = None

    @property
    def source(self) -> tuple[str, bytes, int]:
        """What decides which logs are mirrored."""
        return self.name, self.address, self.block


@dataclass(frozen=True, slots=True)
class Deployment:
    """The contracts to mirror, by name in alphabetical order."""

    contracts: tuple[Contract, ...]

    @property
    def start(self) -> int:
        """The first block that can have a log of ours."""
        return min(contract.block for contract in self.contracts)

    @property
    def addresses(self) -> tuple[bytes, ...]:
        return tuple(contract.address for contract in self.contracts)


def first_change(mirrored: tuple[Contract, ...], deployed: tuple[Contract, ...]) -> int | None:
    """The first block from which the two disagree on what to mirror, None if they agree."""
    changed = {contract.source for contract in mirrored} ^ {contract.source for contract in deployed}
    return min((block for _, _, block in changed), default=None)
