"""Events of VirtualLandNFT: parcels minted and handed on."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger

from indexer.tables.metadata import Address, Uint256, event_table

land_minted = event_table(
    "land_minted",
    Column("token_id", Uint256),
    Column("harvester", Address),
    Column("biome", SmallInteger),
    Column("level", Integer),
    Column("area_m2", BigInteger),
    Index(None, "token_id"),
    Index(None, "harvester"),
)
land_transfer = event_table(
    "land_transfer",
    Column("sender", Address),
    Column("recipient", Address),
    Column("token_id", Uint256),
    Index(None, "token_id", "block_number", "log_index"),
    Index(None, "recipient"),
)
land_approval = event_table(
    "land_approval", Column("owner", Address), Column("approved", Address), Column("token_id", Uint256)
)
land_approval_for_all = event_table(
    "land_approval_for_all", Column("owner", Address), Column("operator", Address), Column("approved", Boolean)
)
