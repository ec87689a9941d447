"""Events of models and recipes, and of contracts behind proxies. Same shape as in `indexer.events`."""

from dataclasses import dataclass

from indexer.events import Event

__all__ = [
    "AccessGranted",
    "AccessRevoked",
    "ChallengeLapsed",
    "Initialized",
    "MiningCredited",
    "MiningParametersSet",
    "MiningWithdrawn",
    "RecipeDeployed",
    "RecipeDiscovered",
    "RecipeRejected",
    "RecipeScored",
    "RecipeValidated",
    "RecordDeployed",
    "RecordMadeFrom",
    "RecordRetired",
    "RecordStored",
    "ScoreChallenged",
    "ScoreReplicated",
    "StoragePauseChanged",
    "Upgraded",
    "VersionStored",
]


# ModelStorage: models and training data, their versions and who may read them


@dataclass(frozen=True, slots=True)
class AccessGranted(Event):
    record_id: int
    reader: bytes
    by: bytes
    expires_at: int


@dataclass(frozen=True, slots=True)
class AccessRevoked(Event):
    record_id: int
    reader: bytes
    by: bytes


@dataclass(frozen=True, slots=True)
class StoragePauseChanged(Event):
    is_paused: bool
    by: bytes


@dataclass(frozen=True, slots=True)
class RecordDeployed(Event):
    record_id: int
    version: int
    by: bytes


@dataclass(frozen=True, slots=True)
class RecordMadeFrom(Event):
    record_id: int
    parent_id: int


@dataclass(frozen=True, slots=True)
class RecordRetired(Event):
    record_id: int
    by: bytes


@dataclass(frozen=True, slots=True)
class RecordStored(Event):
    record_id: int
    kind: int
    author: bytes
    name: bytes


@dataclass(frozen=True, slots=True)
class VersionStored(Event):
    record_id: int
    version: int
    author: bytes
    content: bytes
    data_hash: bytes
    metadata_hash: bytes
    schema_hash: bytes


# MiningEngine: recipes, their scores, bonds and rewards


@dataclass(frozen=True, slots=True)
class ChallengeLapsed(Event):
    recipe_id: int


@dataclass(frozen=True, slots=True)
class MiningCredited(Event):
    account: bytes
    amount_wei: int


@dataclass(frozen=True, slots=True)
class MiningParametersSet(Event):
    bond_wei: int
    reward_per_point_wei: int
    window_seconds: int
    tolerance: int


@dataclass(frozen=True, slots=True)
class RecipeDeployed(Event):
    recipe_id: int
    superseded_id: int


@dataclass(frozen=True, slots=True)
class RecipeDiscovered(Event):
    recipe_id: int
    miner: bytes
    recipe_type: int
    biome: int
    content: bytes
    bond_wei: int


@dataclass(frozen=True, slots=True)
class RecipeRejected(Event):
    recipe_id: int


@dataclass(frozen=True, slots=True)
class RecipeScored(Event):
    recipe_id: int
    score: int
    corpus: bytes
    deadline: int


@dataclass(frozen=True, slots=True)
class RecipeValidated(Event):
    recipe_id: int
    score: int
    before: int
    reward_wei: int


@dataclass(frozen=True, slots=True)
class ScoreChallenged(Event):
    recipe_id: int
    challenger: bytes
    bond_wei: int
    deadline: int


@dataclass(frozen=True, slots=True)
class ScoreReplicated(Event):
    recipe_id: int
    score: int
    replicated: int
    is_upheld: bool


@dataclass(frozen=True, slots=True)
class MiningWithdrawn(Event):
    account: bytes
    amount_wei: int


# Of every contract behind a proxy


@dataclass(frozen=True, slots=True)
class Initialized(Event):
    version: int


@dataclass(frozen=True, slots=True)
class Upgraded(Event):
    implementation: bytes
