-- What the events add up to, in versions; `indexer.versions` says how.

-- The last and the first value that is not null: strict, so that nulls are passed over.
CREATE FUNCTION second_of(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $2';
CREATE FUNCTION first_of(anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1';
CREATE AGGREGATE last_known(anyelement) (sfunc = second_of, stype = anyelement);
CREATE AGGREGATE first_known(anyelement) (sfunc = first_of, stype = anyelement);

CREATE TABLE claim_versions (
    claim_id BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    revealed_block BIGINT,
    revealed_log_index INTEGER,
    status TEXT,
    claimed_bytes NUMERIC(78, 0),
    votes BIGINT NOT NULL,
    counted_votes SMALLINT,
    saved_bytes NUMERIC(20, 0),
    reward_wei NUMERIC(78, 0),
    challenger BYTEA,
    fault SMALLINT,
    bounty_wei NUMERIC(78, 0),
    burnt_wei NUMERIC(78, 0),
    decided_block BIGINT,
    decided_log_index INTEGER,
    decided_at TIMESTAMP WITH TIME ZONE,
    decided_tx_hash BYTEA,
    CONSTRAINT pk_claim_versions PRIMARY KEY (claim_id, from_block),
    CONSTRAINT ck_claim_versions_status_known CHECK (status IN ('pending', 'finalized', 'slashed', 'expired')),
    CONSTRAINT uq_claim_versions_claim_id_until_block UNIQUE (claim_id, until_block),
    CONSTRAINT ck_claim_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_claim_versions_claimed_bytes ON claim_versions (claimed_bytes, claim_id) WHERE until_block = 9223372036854775807;
CREATE INDEX ix_claim_versions_ended ON claim_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_claim_versions_from_block ON claim_versions (from_block);
CREATE INDEX ix_claim_versions_revealed_block_revealed_log_index ON claim_versions (revealed_block, revealed_log_index);
CREATE INDEX ix_claim_versions_reward_wei ON claim_versions (coalesce(reward_wei, 0), claim_id) WHERE until_block = 9223372036854775807;
CREATE INDEX ix_claim_versions_saved_bytes ON claim_versions (coalesce(saved_bytes, 0), claim_id) WHERE until_block = 9223372036854775807;
CREATE INDEX ix_claim_versions_status ON claim_versions (status, revealed_block, revealed_log_index) WHERE until_block = 9223372036854775807;

CREATE TABLE harvester_versions (
    address BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    verified_bytes NUMERIC(78, 0) NOT NULL,
    reputation NUMERIC(78, 0) NOT NULL,
    claims_revealed BIGINT NOT NULL,
    claims_finalized BIGINT NOT NULL,
    claims_slashed BIGINT NOT NULL,
    claims_expired BIGINT NOT NULL,
    reward_wei NUMERIC NOT NULL,
    paid_wei NUMERIC NOT NULL,
    land_count BIGINT NOT NULL,
    first_seen_block BIGINT,
    first_seen_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_harvester_versions PRIMARY KEY (address, from_block),
    CONSTRAINT uq_harvester_versions_address_until_block UNIQUE (address, until_block),
    CONSTRAINT ck_harvester_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_harvester_versions_ended ON harvester_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_harvester_versions_first_seen ON harvester_versions (first_seen_block, address) WHERE until_block = 9223372036854775807 AND first_seen_block IS NOT NULL;
CREATE INDEX ix_harvester_versions_from_block ON harvester_versions (from_block);
CREATE INDEX ix_harvester_versions_reputation ON harvester_versions (reputation, address) WHERE until_block = 9223372036854775807 AND first_seen_block IS NOT NULL;
CREATE INDEX ix_harvester_versions_verified_bytes ON harvester_versions (verified_bytes, address) WHERE until_block = 9223372036854775807 AND first_seen_block IS NOT NULL;

CREATE TABLE host_versions (
    domain_id BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    host TEXT,
    owner BYTEA,
    biome SMALLINT,
    registered_block BIGINT,
    registered_at TIMESTAMP WITH TIME ZONE,
    claims_finalized BIGINT NOT NULL,
    saved_bytes NUMERIC NOT NULL,
    CONSTRAINT pk_host_versions PRIMARY KEY (domain_id, from_block),
    CONSTRAINT uq_host_versions_domain_id_until_block UNIQUE (domain_id, until_block),
    CONSTRAINT ck_host_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_host_versions_ended ON host_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_host_versions_from_block ON host_versions (from_block);

CREATE TABLE land_versions (
    token_id NUMERIC(78, 0) NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    owner BYTEA,
    harvester BYTEA,
    biome SMALLINT,
    level INTEGER,
    area_m2 BIGINT,
    minted_block BIGINT,
    minted_log_index INTEGER,
    minted_at TIMESTAMP WITH TIME ZONE,
    tx_hash BYTEA,
    CONSTRAINT pk_land_versions PRIMARY KEY (token_id, from_block),
    CONSTRAINT uq_land_versions_token_id_until_block UNIQUE (token_id, until_block),
    CONSTRAINT ck_land_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_land_versions_ended ON land_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_land_versions_from_block ON land_versions (from_block);
CREATE INDEX ix_land_versions_harvester ON land_versions (harvester) WHERE until_block = 9223372036854775807;
CREATE INDEX ix_land_versions_minted ON land_versions (minted_block, minted_log_index) WHERE until_block = 9223372036854775807;
CREATE INDEX ix_land_versions_owner ON land_versions (owner) WHERE until_block = 9223372036854775807;

CREATE TABLE page_versions (
    page_key BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    domain_id BYTEA,
    claims_finalized BIGINT NOT NULL,
    saved_bytes NUMERIC NOT NULL,
    CONSTRAINT pk_page_versions PRIMARY KEY (page_key, from_block),
    CONSTRAINT uq_page_versions_page_key_until_block UNIQUE (page_key, until_block),
    CONSTRAINT ck_page_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_page_versions_ended ON page_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_page_versions_from_block ON page_versions (from_block);

CREATE TABLE rollup_versions (
    interval TEXT NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    claims_revealed BIGINT NOT NULL,
    claims_finalized BIGINT NOT NULL,
    claims_slashed BIGINT NOT NULL,
    claims_expired BIGINT NOT NULL,
    attestations BIGINT NOT NULL,
    saved_bytes NUMERIC NOT NULL,
    reward_wei NUMERIC NOT NULL,
    paid_wei NUMERIC NOT NULL,
    CONSTRAINT pk_rollup_versions PRIMARY KEY (interval, starts_at, from_block),
    CONSTRAINT ck_rollup_versions_interval_known CHECK (interval IN ('hour', 'day')),
    CONSTRAINT uq_rollup_versions_interval_starts_at_until_block UNIQUE (interval, starts_at, until_block),
    CONSTRAINT ck_rollup_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_rollup_versions_ended ON rollup_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_rollup_versions_from_block ON rollup_versions (from_block);

CREATE TABLE total_versions (
    one_row BOOLEAN NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    claims BIGINT NOT NULL,
    claims_pending BIGINT NOT NULL,
    claims_finalized BIGINT NOT NULL,
    claims_slashed BIGINT NOT NULL,
    claims_expired BIGINT NOT NULL,
    saved_bytes NUMERIC NOT NULL,
    source_bytes NUMERIC NOT NULL,
    optimized_bytes NUMERIC NOT NULL,
    attested_bytes NUMERIC NOT NULL,
    reward_wei NUMERIC NOT NULL,
    paid_wei NUMERIC NOT NULL,
    pages BIGINT NOT NULL,
    hosts BIGINT NOT NULL,
    harvesters BIGINT NOT NULL,
    parcels BIGINT NOT NULL,
    area_m2 NUMERIC NOT NULL,
    CONSTRAINT pk_total_versions PRIMARY KEY (one_row, from_block),
    CONSTRAINT ck_total_versions_one_row CHECK (one_row),
    CONSTRAINT uq_total_versions_one_row_until_block UNIQUE (one_row, until_block),
    CONSTRAINT ck_total_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_total_versions_ended ON total_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_total_versions_from_block ON total_versions (from_block);

CREATE TABLE verifier_versions (
    address BYTEA NOT NULL,
    from_block BIGINT NOT NULL,
    until_block BIGINT NOT NULL,
    is_verifier BOOLEAN,
    set_block BIGINT,
    set_at TIMESTAMP WITH TIME ZONE,
    attestations BIGINT NOT NULL,
    last_attested_at TIMESTAMP WITH TIME ZONE,
    stake_wei NUMERIC NOT NULL,
    CONSTRAINT pk_verifier_versions PRIMARY KEY (address, from_block),
    CONSTRAINT uq_verifier_versions_address_until_block UNIQUE (address, until_block),
    CONSTRAINT ck_verifier_versions_blocks_in_order CHECK (from_block >= 0 AND until_block > from_block)
);
CREATE INDEX ix_verifier_versions_ended ON verifier_versions (until_block) WHERE until_block < 9223372036854775807;
CREATE INDEX ix_verifier_versions_from_block ON verifier_versions (from_block);

CREATE TABLE derivations (
    name TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    CONSTRAINT pk_derivations PRIMARY KEY (name)
);

-- Needed where claims of a harvester are counted once.
CREATE INDEX ix_reputation_slashed_claim_id ON reputation_slashed (claim_id);
