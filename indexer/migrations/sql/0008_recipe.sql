-- Events of MiningEngine: recipes, their scores, bonds and rewards.

CREATE TABLE challenge_lapsed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_challenge_lapsed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_challenge_lapsed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_challenge_lapsed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_challenge_lapsed_recipe_id_unsigned CHECK (recipe_id >= 0)
);
CREATE INDEX ix_challenge_lapsed_recipe_id ON challenge_lapsed (recipe_id);

CREATE TABLE mining_credited (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    account BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_mining_credited PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_mining_credited_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_mining_credited_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_mining_credited_account_size CHECK (octet_length(account) = 20),
    CONSTRAINT ck_mining_credited_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_mining_credited_account ON mining_credited (account);

CREATE TABLE mining_parameters_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    bond_wei NUMERIC(78, 0) NOT NULL,
    reward_per_point_wei NUMERIC(78, 0) NOT NULL,
    window_seconds BIGINT NOT NULL,
    tolerance BIGINT NOT NULL,
    CONSTRAINT pk_mining_parameters_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_mining_parameters_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_mining_parameters_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_mining_parameters_set_bond_wei_unsigned CHECK (bond_wei >= 0),
    CONSTRAINT ck_mining_parameters_set_reward_per_point_wei_unsigned CHECK (reward_per_point_wei >= 0)
);

CREATE TABLE recipe_deployed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    superseded_id NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_recipe_deployed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_recipe_deployed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_recipe_deployed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_recipe_deployed_recipe_id_unsigned CHECK (recipe_id >= 0),
    CONSTRAINT ck_recipe_deployed_superseded_id_unsigned CHECK (superseded_id >= 0)
);
CREATE INDEX ix_recipe_deployed_recipe_id ON recipe_deployed (recipe_id);

CREATE TABLE recipe_discovered (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    miner BYTEA NOT NULL,
    recipe_type SMALLINT NOT NULL,
    biome SMALLINT NOT NULL,
    content BYTEA NOT NULL,
    bond_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_recipe_discovered PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_recipe_discovered_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_recipe_discovered_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_recipe_discovered_recipe_id_unsigned CHECK (recipe_id >= 0),
    CONSTRAINT ck_recipe_discovered_miner_size CHECK (octet_length(miner) = 20),
    CONSTRAINT ck_recipe_discovered_content_size CHECK (octet_length(content) = 32),
    CONSTRAINT ck_recipe_discovered_bond_wei_unsigned CHECK (bond_wei >= 0)
);
CREATE INDEX ix_recipe_discovered_recipe_id ON recipe_discovered (recipe_id);
CREATE INDEX ix_recipe_discovered_miner ON recipe_discovered (miner);

CREATE TABLE recipe_rejected (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_recipe_rejected PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_recipe_rejected_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_recipe_rejected_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_recipe_rejected_recipe_id_unsigned CHECK (recipe_id >= 0)
);
CREATE INDEX ix_recipe_rejected_recipe_id ON recipe_rejected (recipe_id);

CREATE TABLE recipe_scored (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    score BIGINT NOT NULL,
    corpus BYTEA NOT NULL,
    deadline BIGINT NOT NULL,
    CONSTRAINT pk_recipe_scored PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_recipe_scored_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_recipe_scored_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_recipe_scored_recipe_id_unsigned CHECK (recipe_id >= 0),
    CONSTRAINT ck_recipe_scored_corpus_size CHECK (octet_length(corpus) = 32)
);
CREATE INDEX ix_recipe_scored_recipe_id ON recipe_scored (recipe_id);

CREATE TABLE recipe_validated (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    score BIGINT NOT NULL,
    before BIGINT NOT NULL,
    reward_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_recipe_validated PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_recipe_validated_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_recipe_validated_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_recipe_validated_recipe_id_unsigned CHECK (recipe_id >= 0),
    CONSTRAINT ck_recipe_validated_reward_wei_unsigned CHECK (reward_wei >= 0)
);
CREATE INDEX ix_recipe_validated_recipe_id ON recipe_validated (recipe_id);

CREATE TABLE score_challenged (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    challenger BYTEA NOT NULL,
    bond_wei NUMERIC(78, 0) NOT NULL,
    deadline BIGINT NOT NULL,
    CONSTRAINT pk_score_challenged PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_score_challenged_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_score_challenged_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_score_challenged_recipe_id_unsigned CHECK (recipe_id >= 0),
    CONSTRAINT ck_score_challenged_challenger_size CHECK (octet_length(challenger) = 20),
    CONSTRAINT ck_score_challenged_bond_wei_unsigned CHECK (bond_wei >= 0)
);
CREATE INDEX ix_score_challenged_recipe_id ON score_challenged (recipe_id);
CREATE INDEX ix_score_challenged_challenger ON score_challenged (challenger);

CREATE TABLE score_replicated (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    recipe_id NUMERIC(78, 0) NOT NULL,
    score BIGINT NOT NULL,
    replicated BIGINT NOT NULL,
    is_upheld BOOLEAN NOT NULL,
    CONSTRAINT pk_score_replicated PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_score_replicated_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_score_replicated_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_score_replicated_recipe_id_unsigned CHECK (recipe_id >= 0)
);
CREATE INDEX ix_score_replicated_recipe_id ON score_replicated (recipe_id);

CREATE TABLE mining_withdrawn (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    account BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_mining_withdrawn PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_mining_withdrawn_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_mining_withdrawn_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_mining_withdrawn_account_size CHECK (octet_length(account) = 20),
    CONSTRAINT ck_mining_withdrawn_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_mining_withdrawn_account ON mining_withdrawn (account);
