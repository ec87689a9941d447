-- OptimizationRegistry: hosts, savings, slashes.

CREATE TABLE host_registered (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    biome SMALLINT NOT NULL,
    host_bytes BYTEA NOT NULL,
    host TEXT NOT NULL,
    CONSTRAINT pk_host_registered PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_host_registered_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_host_registered_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_host_registered_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_host_registered_owner_size CHECK (octet_length(owner) = 20)
);
CREATE INDEX ix_host_registered_domain_id_block_number_log_index ON host_registered (domain_id, block_number, log_index);
CREATE INDEX ix_host_registered_host ON host_registered USING hash (host);

CREATE TABLE saving_recorded (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    harvester BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    saved_bytes NUMERIC(20, 0) NOT NULL,
    verified_bytes NUMERIC(78, 0) NOT NULL,
    reputation NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_saving_recorded PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_saving_recorded_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_saving_recorded_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_saving_recorded_harvester_size CHECK (octet_length(harvester) = 20),
    CONSTRAINT ck_saving_recorded_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_saving_recorded_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_saving_recorded_saved_bytes_unsigned CHECK (saved_bytes >= 0),
    CONSTRAINT ck_saving_recorded_verified_bytes_unsigned CHECK (verified_bytes >= 0)
);
CREATE INDEX ix_saving_recorded_domain_id ON saving_recorded (domain_id);
CREATE INDEX ix_saving_recorded_harvester_block_number_log_index ON saving_recorded (harvester, block_number, log_index);

CREATE TABLE reputation_slashed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    harvester BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    claimed_bytes NUMERIC(20, 0) NOT NULL,
    reputation NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_reputation_slashed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_reputation_slashed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_reputation_slashed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_reputation_slashed_harvester_size CHECK (octet_length(harvester) = 20),
    CONSTRAINT ck_reputation_slashed_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_reputation_slashed_claimed_bytes_unsigned CHECK (claimed_bytes >= 0)
);
CREATE INDEX ix_reputation_slashed_harvester_block_number_log_index ON reputation_slashed (harvester, block_number, log_index);
