"""The enumerations of the schema. Biome and Fault stand in the order of the contracts' enums."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(description="Class of a site; sets the reward multiplier. Registered for the host, never claimed.")
class Biome(Enum):
    DIGITAL = 0
    ENTERTAINMENT = 1
    COMMUNITY = 2
    KNOWLEDGE = 3
    SOCIAL = 4
    COMMERCIAL = 5
    PROFESSIONAL = 6
    PRODUCTION = 7


@strawberry.enum(description="Where a claim is in its life. All but PENDING are final.")
class ClaimStatus(Enum):
    PENDING = "pending"
    FINALIZED = "finalized"
    SLASHED = "slashed"
    EXPIRED = "expired"


@strawberry.enum(description="What a challenger proved to be wrong with a slashed claim.")
class Fault(Enum):
    SUM = 0
    TOKEN = 1
    STEP = 2
    NEST = 3
    RULE = 4
    SELECTOR = 5


@strawberry.enum(description="From small to large, or from large to small.")
class OrderDirection(Enum):
    ASC = "asc"
    DESC = "desc"


@strawberry.enum(description="How finely a series over time is cut; in UTC.")
class Interval(Enum):
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
