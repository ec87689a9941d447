-- Where the mirror stands, and what could not be read.

CREATE TABLE blocks (
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    parent_hash BYTEA NOT NULL,
    time TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_blocks PRIMARY KEY (number),
    CONSTRAINT ck_blocks_hash_size CHECK (octet_length(hash) = 32),
    CONSTRAINT ck_blocks_parent_hash_size CHECK (octet_length(parent_hash) = 32)
);

CREATE TABLE checkpoint (
    one_row BOOLEAN DEFAULT true NOT NULL,
    chain_id BIGINT NOT NULL,
    genesis_hash BYTEA NOT NULL,
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    time TIMESTAMP WITH TIME ZONE NOT NULL,
    head_number BIGINT NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_checkpoint PRIMARY KEY (one_row),
    CONSTRAINT ck_checkpoint_one_row CHECK (one_row),
    CONSTRAINT ck_checkpoint_number_from_genesis CHECK (number >= -1),
    CONSTRAINT ck_checkpoint_hash_size CHECK (octet_length(hash) = 32)
);

CREATE TABLE contracts (
    name TEXT NOT NULL,
    address BYTEA NOT NULL,
    block BIGINT NOT NULL,
    required_bits SMALLINT,
    CONSTRAINT pk_contracts PRIMARY KEY (name),
    CONSTRAINT uq_contracts_address UNIQUE (address)
);

CREATE TABLE set_aside_log (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    topics BYTEA[] NOT NULL,
    data BYTEA NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_set_aside_log PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_set_aside_log_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_set_aside_log_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_set_aside_log_contract_size CHECK (octet_length(contract) = 20)
);
