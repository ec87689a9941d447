-- VirtualLandNFT: parcels.

CREATE TABLE land_minted (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    token_id NUMERIC(78, 0) NOT NULL,
    harvester BYTEA NOT NULL,
    biome SMALLINT NOT NULL,
    level INTEGER NOT NULL,
    area_m2 BIGINT NOT NULL,
    CONSTRAINT pk_land_minted PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_land_minted_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_land_minted_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_land_minted_token_id_unsigned CHECK (token_id >= 0),
    CONSTRAINT ck_land_minted_harvester_size CHECK (octet_length(harvester) = 20)
);
CREATE INDEX ix_land_minted_harvester ON land_minted (harvester);
CREATE INDEX ix_land_minted_token_id ON land_minted (token_id);

CREATE TABLE land_transfer (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    sender BYTEA NOT NULL,
    recipient BYTEA NOT NULL,
    token_id NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_land_transfer PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_land_transfer_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_land_transfer_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_land_transfer_sender_size CHECK (octet_length(sender) = 20),
    CONSTRAINT ck_land_transfer_recipient_size CHECK (octet_length(recipient) = 20),
    CONSTRAINT ck_land_transfer_token_id_unsigned CHECK (token_id >= 0)
);
CREATE INDEX ix_land_transfer_recipient ON land_transfer (recipient);
CREATE INDEX ix_land_transfer_token_id_block_number_log_index ON land_transfer (token_id, block_number, log_index);

CREATE TABLE land_approval (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    approved BYTEA NOT NULL,
    token_id NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_land_approval PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_land_approval_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_land_approval_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_land_approval_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_land_approval_approved_size CHECK (octet_length(approved) = 20),
    CONSTRAINT ck_land_approval_token_id_unsigned CHECK (token_id >= 0)
);

CREATE TABLE land_approval_for_all (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    operator BYTEA NOT NULL,
    approved BOOLEAN NOT NULL,
    CONSTRAINT pk_land_approval_for_all PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_land_approval_for_all_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_land_approval_for_all_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_land_approval_for_all_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_land_approval_for_all_operator_size CHECK (octet_length(operator) = 20)
);
