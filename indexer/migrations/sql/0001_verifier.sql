-- ProofOfOptimization: what governance sets.

CREATE TABLE verifier_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    is_verifier BOOLEAN NOT NULL,
    CONSTRAINT pk_verifier_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_verifier_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_verifier_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_verifier_set_verifier_size CHECK (octet_length(verifier) = 20)
);
CREATE INDEX ix_verifier_set_verifier_block_number_log_index ON verifier_set (verifier, block_number, log_index);

CREATE TABLE parameters_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    window_seconds NUMERIC(20, 0) NOT NULL,
    quorum SMALLINT NOT NULL,
    minimum_bond_wei NUMERIC(78, 0) NOT NULL,
    dsh_price_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_parameters_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_parameters_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_parameters_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_parameters_set_window_seconds_unsigned CHECK (window_seconds >= 0),
    CONSTRAINT ck_parameters_set_minimum_bond_wei_unsigned CHECK (minimum_bond_wei >= 0),
    CONSTRAINT ck_parameters_set_dsh_price_wei_unsigned CHECK (dsh_price_wei >= 0)
);

CREATE TABLE ruleset_added (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    ruleset INTEGER NOT NULL,
    rules BYTEA NOT NULL,
    CONSTRAINT pk_ruleset_added PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_ruleset_added_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_ruleset_added_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_ruleset_added_rules_size CHECK (octet_length(rules) = 20)
);

CREATE TABLE paused (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    account BYTEA NOT NULL,
    CONSTRAINT pk_paused PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_paused_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_paused_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_paused_contract_size CHECK (octet_length(contract) = 20),
    CONSTRAINT ck_paused_account_size CHECK (octet_length(account) = 20)
);

CREATE TABLE unpaused (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    account BYTEA NOT NULL,
    CONSTRAINT pk_unpaused PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_unpaused_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_unpaused_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_unpaused_contract_size CHECK (octet_length(contract) = 20),
    CONSTRAINT ck_unpaused_account_size CHECK (octet_length(account) = 20)
);
