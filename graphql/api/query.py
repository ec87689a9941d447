"""The root fields of queries."""

from __future__ import annotations

import strawberry
from eth_utils.crypto import keccak
from strawberry.types import Info

from api.context import OperationContext, reads_of
from api.errors import BadInput, NotFound
from api.lists import ListOf
from api.pages import Window, window
from api.reads.harvesters import HarvesterOrder, harvester_list
from api.reads.land import LandFilter, land_list
from api.reads.optimizations import OptimizationFilter, OptimizationOrder, optimization_list
from api.reads.rewards import RewardFilter, reward_list
from api.reads.sites import host_list, verifier_list
from api.scalars import Address, Hex, address_to_text
from api.types.connection import Connection, list_connection
from api.types.harvester import Harvester, harvester, harvester_of
from api.types.host import Host, host, host_of
from api.types.land import LandParcel, land_parcel
from api.types.meta import Meta, read_meta
from api.types.optimization import Optimization, optimization, optimization_of
from api.types.parameters import Parameters, read_parameters
from api.types.reward import Reward, reward
from api.types.totals import Totals, read_totals
from api.types.verifier import Verifier, verifier

Information = Info[OperationContext, None]


@strawberry.type
class Query:
    @strawberry.field(name="_meta", description="Of which block this answer is; null before the first was indexed.")
    async def meta(self, info: Information) -> Meta | None:
        return await read_meta(reads_of(info))

    @strawberry.field(description="Claims, the newest first unless ordered otherwise.")
    async def optimizations(
        self,
        info: Information,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: OptimizationFilter | None = None,
        order_by: OptimizationOrder | None = None,
    ) -> Connection[Optimization]:
        wanted = optimization_list(filter, order_by)
        return await list_connection(reads_of(info), wanted, _window(wanted, first, after, last, before), optimization)

    @strawberry.field(description="One claim; NOT_FOUND until its reveal is indexed.")
    async def optimization(self, info: Information, claim_id: Hex) -> Optimization | None:
        if len(claim_id) != 32:
            raise BadInput("A claim id is 0x and 64 hexadecimal digits.", "claimId")
        found = await optimization_of(reads_of(info), claim_id)
        if found is None:
            raise NotFound(f"No claim 0x{claim_id.hex()} is revealed up to the indexed block.", "claimId")
        return found

    @strawberry.field(description="Harvesters, the one with the most verified bytes first unless ordered otherwise.")
    async def harvesters(
        self,
        info: Information,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        order_by: HarvesterOrder | None = None,
    ) -> Connection[Harvester]:
        wanted = harvester_list(order_by)
        return await list_connection(reads_of(info), wanted, _window(wanted, first, after, last, before), harvester)

    @strawberry.field(description="One harvester; NOT_FOUND for an account that never claimed anything.")
    async def harvester(self, info: Information, address: Address) -> Harvester | None:
        found = await harvester_of(reads_of(info), address)
        if found is None:
            raise NotFound(f"{address_to_text(address)} is no harvester up to the indexed block.", "address")
        return found

    @strawberry.field(description="Parcels of virtual land, the last minted first.")
    async def land(
        self,
        info: Information,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: LandFilter | None = None,
    ) -> Connection[LandParcel]:
        wanted = land_list(filter)
        return await list_connection(reads_of(info), wanted, _window(wanted, first, after, last, before), land_parcel)

    @strawberry.field(description="Rewards in line or paid, the last queued first.")
    async def rewards(
        self,
        info: Information,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
        filter: RewardFilter | None = None,
    ) -> Connection[Reward]:
        wanted = reward_list(filter)
        return await list_connection(reads_of(info), wanted, _window(wanted, first, after, last, before), reward)

    @strawberry.field(description="Verifier nodes, present and past.")
    async def verifiers(
        self,
        info: Information,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Verifier]:
        wanted = verifier_list()
        return await list_connection(reads_of(info), wanted, _window(wanted, first, after, last, before), verifier)

    @strawberry.field(description="Registered hosts.")
    async def hosts(
        self,
        info: Information,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Connection[Host]:
        wanted = host_list()
        return await list_connection(reads_of(info), wanted, _window(wanted, first, after, last, before), host)

    @strawberry.field(description="One registered host by its name; NOT_FOUND where nobody registered it.")
    async def host(self, info: Information, name: str) -> Host | None:
        found = await host_of(reads_of(info), keccak(text=name.lower()))
        if found is None:
            raise NotFound("No host of that name is registered up to the indexed block.", "name")
        return found

    @strawberry.field(description="The rules in force for claims; null before they were first set.")
    async def parameters(self, info: Information) -> Parameters | None:
        return await read_parameters(reads_of(info))

    @strawberry.field(description="Sums over everything indexed.")
    async def totals(self, info: Information) -> Totals:
        return await read_totals(reads_of(info))


def _window(wanted: ListOf, first: int | None, after: str | None, last: int | None, before: str | None) -> Window:
    return window(wanted.ordering, first, after, last, before)
