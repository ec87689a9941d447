-- ProofOfOptimization: the life of a claim.

CREATE TABLE claim_committed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    sender BYTEA NOT NULL,
    CONSTRAINT pk_claim_committed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_claim_committed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_claim_committed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_claim_committed_commitment_size CHECK (octet_length(commitment) = 32),
    CONSTRAINT ck_claim_committed_sender_size CHECK (octet_length(sender) = 20)
);
CREATE INDEX ix_claim_committed_commitment ON claim_committed (commitment);

CREATE TABLE claim_revealed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    prover BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    page_key BYTEA NOT NULL,
    src_root BYTEA NOT NULL,
    opt_root BYTEA NOT NULL,
    trace_root BYTEA NOT NULL,
    src_bytes NUMERIC(20, 0) NOT NULL,
    opt_bytes NUMERIC(20, 0) NOT NULL,
    token_count BIGINT NOT NULL,
    opt_token_count BIGINT NOT NULL,
    depth_s SMALLINT NOT NULL,
    depth_o SMALLINT NOT NULL,
    ruleset INTEGER NOT NULL,
    evidence BYTEA NOT NULL,
    bond_wei NUMERIC(78, 0) NOT NULL,
    deadline NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_claim_revealed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_claim_revealed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_claim_revealed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_claim_revealed_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_claim_revealed_prover_size CHECK (octet_length(prover) = 20),
    CONSTRAINT ck_claim_revealed_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_claim_revealed_page_key_size CHECK (octet_length(page_key) = 32),
    CONSTRAINT ck_claim_revealed_src_root_size CHECK (octet_length(src_root) = 32),
    CONSTRAINT ck_claim_revealed_opt_root_size CHECK (octet_length(opt_root) = 32),
    CONSTRAINT ck_claim_revealed_trace_root_size CHECK (octet_length(trace_root) = 32),
    CONSTRAINT ck_claim_revealed_src_bytes_unsigned CHECK (src_bytes >= 0),
    CONSTRAINT ck_claim_revealed_opt_bytes_unsigned CHECK (opt_bytes >= 0),
    CONSTRAINT ck_claim_revealed_evidence_size CHECK (octet_length(evidence) = 32),
    CONSTRAINT ck_claim_revealed_bond_wei_unsigned CHECK (bond_wei >= 0),
    CONSTRAINT ck_claim_revealed_deadline_unsigned CHECK (deadline >= 0)
);
CREATE INDEX ix_claim_revealed_claim_id_block_number_log_index ON claim_revealed (claim_id, block_number, log_index);
CREATE INDEX ix_claim_revealed_domain_id_block_number_log_index ON claim_revealed (domain_id, block_number, log_index);
CREATE INDEX ix_claim_revealed_page_key ON claim_revealed (page_key);
CREATE INDEX ix_claim_revealed_prover_block_number_log_index ON claim_revealed (prover, block_number, log_index);

CREATE TABLE claim_attested (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    bits SMALLINT NOT NULL,
    observed_at NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_claim_attested PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_claim_attested_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_claim_attested_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_claim_attested_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_claim_attested_verifier_size CHECK (octet_length(verifier) = 20),
    CONSTRAINT ck_claim_attested_observed_at_unsigned CHECK (observed_at >= 0)
);
CREATE INDEX ix_claim_attested_claim_id ON claim_attested (claim_id);
CREATE INDEX ix_claim_attested_verifier ON claim_attested (verifier);

CREATE TABLE claim_slashed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    challenger BYTEA NOT NULL,
    fault SMALLINT NOT NULL,
    bounty_wei NUMERIC(78, 0) NOT NULL,
    burnt_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_claim_slashed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_claim_slashed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_claim_slashed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_claim_slashed_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_claim_slashed_challenger_size CHECK (octet_length(challenger) = 20),
    CONSTRAINT ck_claim_slashed_bounty_wei_unsigned CHECK (bounty_wei >= 0),
    CONSTRAINT ck_claim_slashed_burnt_wei_unsigned CHECK (burnt_wei >= 0)
);
CREATE INDEX ix_claim_slashed_challenger ON claim_slashed (challenger);
CREATE INDEX ix_claim_slashed_claim_id ON claim_slashed (claim_id);

CREATE TABLE claim_finalized (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    prover BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    saved_bytes NUMERIC(20, 0) NOT NULL,
    reward_wei NUMERIC(78, 0) NOT NULL,
    votes SMALLINT NOT NULL,
    CONSTRAINT pk_claim_finalized PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_claim_finalized_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_claim_finalized_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_claim_finalized_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_claim_finalized_prover_size CHECK (octet_length(prover) = 20),
    CONSTRAINT ck_claim_finalized_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_claim_finalized_saved_bytes_unsigned CHECK (saved_bytes >= 0),
    CONSTRAINT ck_claim_finalized_reward_wei_unsigned CHECK (reward_wei >= 0)
);
CREATE INDEX ix_claim_finalized_block_time ON claim_finalized (block_time);
CREATE INDEX ix_claim_finalized_claim_id ON claim_finalized (claim_id);
CREATE INDEX ix_claim_finalized_prover ON claim_finalized (prover);

CREATE TABLE claim_expired (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    prover BYTEA NOT NULL,
    bond_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_claim_expired PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_claim_expired_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_claim_expired_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_claim_expired_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_claim_expired_prover_size CHECK (octet_length(prover) = 20),
    CONSTRAINT ck_claim_expired_bond_wei_unsigned CHECK (bond_wei >= 0)
);
CREATE INDEX ix_claim_expired_claim_id ON claim_expired (claim_id);

CREATE TABLE withdrawn (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    account BYTEA NOT NULL,
    token BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_withdrawn PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_withdrawn_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_withdrawn_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_withdrawn_account_size CHECK (octet_length(account) = 20),
    CONSTRAINT ck_withdrawn_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_withdrawn_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_withdrawn_account ON withdrawn (account);
