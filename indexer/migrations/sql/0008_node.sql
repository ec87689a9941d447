-- Events of NodeManager: nodes, their room, their jobs and their stakes.

CREATE TABLE room_allocated (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    allocation_id NUMERIC(78, 0) NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    purpose SMALLINT NOT NULL,
    priority SMALLINT NOT NULL,
    kib BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT pk_room_allocated PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_room_allocated_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_room_allocated_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_room_allocated_allocation_id_unsigned CHECK (allocation_id >= 0),
    CONSTRAINT ck_room_allocated_node_id_unsigned CHECK (node_id >= 0)
);
CREATE INDEX ix_room_allocated_allocation_id ON room_allocated (allocation_id);
CREATE INDEX ix_room_allocated_node_id ON room_allocated (node_id);

CREATE TABLE node_beat (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    at BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    CONSTRAINT pk_node_beat PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_beat_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_beat_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_beat_node_id_unsigned CHECK (node_id >= 0),
    CONSTRAINT ck_node_beat_digest_size CHECK (octet_length(digest) = 32)
);
CREATE INDEX ix_node_beat_node_id ON node_beat (node_id);

CREATE TABLE job_failed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    job_id BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_job_failed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_job_failed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_job_failed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_job_failed_job_id_size CHECK (octet_length(job_id) = 32),
    CONSTRAINT ck_job_failed_node_id_unsigned CHECK (node_id >= 0)
);
CREATE INDEX ix_job_failed_job_id ON job_failed (job_id);
CREATE INDEX ix_job_failed_node_id ON job_failed (node_id);

CREATE TABLE job_started (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    job_id BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    kib BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    CONSTRAINT pk_job_started PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_job_started_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_job_started_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_job_started_job_id_size CHECK (octet_length(job_id) = 32),
    CONSTRAINT ck_job_started_node_id_unsigned CHECK (node_id >= 0)
);
CREATE INDEX ix_job_started_job_id ON job_started (job_id);
CREATE INDEX ix_job_started_node_id ON job_started (node_id);

CREATE TABLE job_verified (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    job_id BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    result_hash BYTEA NOT NULL,
    reward_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_job_verified PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_job_verified_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_job_verified_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_job_verified_job_id_size CHECK (octet_length(job_id) = 32),
    CONSTRAINT ck_job_verified_node_id_unsigned CHECK (node_id >= 0),
    CONSTRAINT ck_job_verified_result_hash_size CHECK (octet_length(result_hash) = 32),
    CONSTRAINT ck_job_verified_reward_wei_unsigned CHECK (reward_wei >= 0)
);
CREATE INDEX ix_job_verified_job_id ON job_verified (job_id);
CREATE INDEX ix_job_verified_node_id ON job_verified (node_id);

CREATE TABLE node_created (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    owner BYTEA NOT NULL,
    node_type SMALLINT NOT NULL,
    operator BYTEA NOT NULL,
    kib BIGINT NOT NULL,
    compute BIGINT NOT NULL,
    stake_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_node_created PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_created_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_created_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_created_node_id_unsigned CHECK (node_id >= 0),
    CONSTRAINT ck_node_created_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_node_created_operator_size CHECK (octet_length(operator) = 20),
    CONSTRAINT ck_node_created_stake_wei_unsigned CHECK (stake_wei >= 0)
);
CREATE INDEX ix_node_created_node_id ON node_created (node_id);
CREATE INDEX ix_node_created_owner ON node_created (owner);

CREATE TABLE node_phase_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    phase SMALLINT NOT NULL,
    CONSTRAINT pk_node_phase_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_phase_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_phase_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_phase_set_node_id_unsigned CHECK (node_id >= 0)
);
CREATE INDEX ix_node_phase_set_node_id ON node_phase_set (node_id);

CREATE TABLE node_scaled (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    kib BIGINT NOT NULL,
    compute BIGINT NOT NULL,
    stake_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_node_scaled PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_scaled_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_scaled_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_scaled_node_id_unsigned CHECK (node_id >= 0),
    CONSTRAINT ck_node_scaled_stake_wei_unsigned CHECK (stake_wei >= 0)
);
CREATE INDEX ix_node_scaled_node_id ON node_scaled (node_id);

CREATE TABLE node_slashed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    reporter BYTEA NOT NULL,
    bounty_wei NUMERIC(78, 0) NOT NULL,
    burnt_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_node_slashed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_slashed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_slashed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_slashed_node_id_unsigned CHECK (node_id >= 0),
    CONSTRAINT ck_node_slashed_reporter_size CHECK (octet_length(reporter) = 20),
    CONSTRAINT ck_node_slashed_bounty_wei_unsigned CHECK (bounty_wei >= 0),
    CONSTRAINT ck_node_slashed_burnt_wei_unsigned CHECK (burnt_wei >= 0)
);
CREATE INDEX ix_node_slashed_node_id ON node_slashed (node_id);
CREATE INDEX ix_node_slashed_reporter ON node_slashed (reporter);

CREATE TABLE nodes_merged (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    into_id NUMERIC(20, 0) NOT NULL,
    from_id NUMERIC(20, 0) NOT NULL,
    kib BIGINT NOT NULL,
    compute BIGINT NOT NULL,
    stake_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_nodes_merged PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_nodes_merged_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_nodes_merged_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_nodes_merged_into_id_unsigned CHECK (into_id >= 0),
    CONSTRAINT ck_nodes_merged_from_id_unsigned CHECK (from_id >= 0),
    CONSTRAINT ck_nodes_merged_stake_wei_unsigned CHECK (stake_wei >= 0)
);
CREATE INDEX ix_nodes_merged_into_id ON nodes_merged (into_id);
CREATE INDEX ix_nodes_merged_from_id ON nodes_merged (from_id);

CREATE TABLE node_operator_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    operator BYTEA NOT NULL,
    CONSTRAINT pk_node_operator_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_operator_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_operator_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_operator_set_node_id_unsigned CHECK (node_id >= 0),
    CONSTRAINT ck_node_operator_set_operator_size CHECK (octet_length(operator) = 20)
);
CREATE INDEX ix_node_operator_set_node_id ON node_operator_set (node_id);
CREATE INDEX ix_node_operator_set_operator ON node_operator_set (operator);

CREATE TABLE room_released (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    allocation_id NUMERIC(78, 0) NOT NULL,
    node_id NUMERIC(20, 0) NOT NULL,
    kib BIGINT NOT NULL,
    CONSTRAINT pk_room_released PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_room_released_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_room_released_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_room_released_allocation_id_unsigned CHECK (allocation_id >= 0),
    CONSTRAINT ck_room_released_node_id_unsigned CHECK (node_id >= 0)
);
CREATE INDEX ix_room_released_allocation_id ON room_released (allocation_id);
CREATE INDEX ix_room_released_node_id ON room_released (node_id);

CREATE TABLE node_stake_leaving (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    free_at BIGINT NOT NULL,
    CONSTRAINT pk_node_stake_leaving PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_stake_leaving_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_stake_leaving_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_stake_leaving_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_node_stake_leaving_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_node_stake_leaving_owner ON node_stake_leaving (owner);

CREATE TABLE stake_rate_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    stake_per_kib_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_stake_rate_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_stake_rate_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_stake_rate_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_stake_rate_set_stake_per_kib_wei_unsigned CHECK (stake_per_kib_wei >= 0)
);

CREATE TABLE node_stake_taken (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_node_stake_taken PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_node_stake_taken_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_node_stake_taken_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_node_stake_taken_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_node_stake_taken_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_node_stake_taken_owner ON node_stake_taken (owner);
