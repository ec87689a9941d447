-- Events of ProofOfOptimization about challengers: who committed to a proof, who shared a bounty, what was burnt.

CREATE TABLE challenge_committed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    challenger BYTEA NOT NULL,
    CONSTRAINT pk_challenge_committed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_challenge_committed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_challenge_committed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_challenge_committed_commitment_size CHECK (octet_length(commitment) = 32),
    CONSTRAINT ck_challenge_committed_challenger_size CHECK (octet_length(challenger) = 20)
);
CREATE INDEX ix_challenge_committed_commitment ON challenge_committed (commitment);

CREATE TABLE challenge_revealed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    challenger BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    CONSTRAINT pk_challenge_revealed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_challenge_revealed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_challenge_revealed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_challenge_revealed_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_challenge_revealed_challenger_size CHECK (octet_length(challenger) = 20),
    CONSTRAINT ck_challenge_revealed_commitment_size CHECK (octet_length(commitment) = 32)
);
CREATE INDEX ix_challenge_revealed_claim_id ON challenge_revealed (claim_id);

CREATE TABLE bounty_shared (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    challenger BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_bounty_shared PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_bounty_shared_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_bounty_shared_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_bounty_shared_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_bounty_shared_challenger_size CHECK (octet_length(challenger) = 20),
    CONSTRAINT ck_bounty_shared_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_bounty_shared_claim_id ON bounty_shared (claim_id);
CREATE INDEX ix_bounty_shared_challenger ON bounty_shared (challenger);

CREATE TABLE bond_burnt (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_bond_burnt PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_bond_burnt_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_bond_burnt_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_bond_burnt_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_bond_burnt_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_bond_burnt_claim_id ON bond_burnt (claim_id);

-- Events of ProofOfOptimization about demands for a claim's data.

CREATE TABLE demand_made (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    demander BYTEA NOT NULL,
    part SMALLINT NOT NULL,
    height SMALLINT NOT NULL,
    index BIGINT NOT NULL,
    fee_wei NUMERIC(78, 0) NOT NULL,
    deadline NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_demand_made PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_demand_made_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_demand_made_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_demand_made_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_demand_made_demander_size CHECK (octet_length(demander) = 20),
    CONSTRAINT ck_demand_made_fee_wei_unsigned CHECK (fee_wei >= 0),
    CONSTRAINT ck_demand_made_deadline_unsigned CHECK (deadline >= 0)
);
CREATE INDEX ix_demand_made_claim_id ON demand_made (claim_id);

CREATE TABLE demand_answered (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    part SMALLINT NOT NULL,
    height SMALLINT NOT NULL,
    index BIGINT NOT NULL,
    fee_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_demand_answered PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_demand_answered_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_demand_answered_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_demand_answered_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_demand_answered_fee_wei_unsigned CHECK (fee_wei >= 0)
);
CREATE INDEX ix_demand_answered_claim_id ON demand_answered (claim_id);

CREATE TABLE demand_timed_out (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    demander BYTEA NOT NULL,
    part SMALLINT NOT NULL,
    height SMALLINT NOT NULL,
    index BIGINT NOT NULL,
    CONSTRAINT pk_demand_timed_out PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_demand_timed_out_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_demand_timed_out_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_demand_timed_out_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_demand_timed_out_demander_size CHECK (octet_length(demander) = 20)
);
CREATE INDEX ix_demand_timed_out_claim_id ON demand_timed_out (claim_id);

CREATE TABLE demand_reclaimed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    demander BYTEA NOT NULL,
    part SMALLINT NOT NULL,
    height SMALLINT NOT NULL,
    index BIGINT NOT NULL,
    CONSTRAINT pk_demand_reclaimed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_demand_reclaimed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_demand_reclaimed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_demand_reclaimed_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_demand_reclaimed_demander_size CHECK (octet_length(demander) = 20)
);
CREATE INDEX ix_demand_reclaimed_claim_id ON demand_reclaimed (claim_id);

-- Events of RewardStreams, and of OptimizationRegistry about what a domain may earn.

CREATE TABLE served_confirmed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    covered_until NUMERIC(20, 0) NOT NULL,
    votes SMALLINT NOT NULL,
    CONSTRAINT pk_served_confirmed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_served_confirmed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_served_confirmed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_served_confirmed_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_served_confirmed_covered_until_unsigned CHECK (covered_until >= 0)
);
CREATE INDEX ix_served_confirmed_claim_id ON served_confirmed (claim_id);

CREATE TABLE reward_collected (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    prover BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    collected_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_reward_collected PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_reward_collected_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_reward_collected_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_reward_collected_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_reward_collected_prover_size CHECK (octet_length(prover) = 20),
    CONSTRAINT ck_reward_collected_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_reward_collected_amount_wei_unsigned CHECK (amount_wei >= 0),
    CONSTRAINT ck_reward_collected_collected_wei_unsigned CHECK (collected_wei >= 0)
);
CREATE INDEX ix_reward_collected_claim_id ON reward_collected (claim_id);
CREATE INDEX ix_reward_collected_prover ON reward_collected (prover);

CREATE TABLE fees_recorded (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    payer BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_fees_recorded PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_fees_recorded_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_fees_recorded_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_fees_recorded_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_fees_recorded_payer_size CHECK (octet_length(payer) = 20),
    CONSTRAINT ck_fees_recorded_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_fees_recorded_domain_id ON fees_recorded (domain_id);

CREATE TABLE reward_granted (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    epoch BIGINT NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_reward_granted PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_reward_granted_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_reward_granted_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_reward_granted_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_reward_granted_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_reward_granted_domain_id ON reward_granted (domain_id);

CREATE TABLE quota_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    quota_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_quota_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_quota_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_quota_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_quota_set_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_quota_set_quota_wei_unsigned CHECK (quota_wei >= 0)
);
CREATE INDEX ix_quota_set_domain_id ON quota_set (domain_id);

-- Events of VerifierStakes: stakes of verifier nodes, canaries, and who lost a stake.

CREATE TABLE staked (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    payer BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_staked PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_staked_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_staked_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_staked_verifier_size CHECK (octet_length(verifier) = 20),
    CONSTRAINT ck_staked_payer_size CHECK (octet_length(payer) = 20),
    CONSTRAINT ck_staked_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_staked_verifier ON staked (verifier);

CREATE TABLE leaving (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    free_at NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_leaving PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_leaving_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_leaving_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_leaving_verifier_size CHECK (octet_length(verifier) = 20),
    CONSTRAINT ck_leaving_free_at_unsigned CHECK (free_at >= 0)
);
CREATE INDEX ix_leaving_verifier ON leaving (verifier);

CREATE TABLE stake_released (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_stake_released PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_stake_released_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_stake_released_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_stake_released_verifier_size CHECK (octet_length(verifier) = 20),
    CONSTRAINT ck_stake_released_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_stake_released_verifier ON stake_released (verifier);

CREATE TABLE verifier_slashed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    reporter BYTEA NOT NULL,
    offence BYTEA NOT NULL,
    bounty_wei NUMERIC(78, 0) NOT NULL,
    burnt_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_verifier_slashed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_verifier_slashed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_verifier_slashed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_verifier_slashed_verifier_size CHECK (octet_length(verifier) = 20),
    CONSTRAINT ck_verifier_slashed_reporter_size CHECK (octet_length(reporter) = 20),
    CONSTRAINT ck_verifier_slashed_offence_size CHECK (octet_length(offence) = 32),
    CONSTRAINT ck_verifier_slashed_bounty_wei_unsigned CHECK (bounty_wei >= 0),
    CONSTRAINT ck_verifier_slashed_burnt_wei_unsigned CHECK (burnt_wei >= 0)
);
CREATE INDEX ix_verifier_slashed_verifier ON verifier_slashed (verifier);

CREATE TABLE canary_registered (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    CONSTRAINT pk_canary_registered PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_canary_registered_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_canary_registered_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_canary_registered_commitment_size CHECK (octet_length(commitment) = 32)
);
CREATE INDEX ix_canary_registered_commitment ON canary_registered (commitment);

CREATE TABLE canary_opened (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    claim_id BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    CONSTRAINT pk_canary_opened PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_canary_opened_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_canary_opened_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_canary_opened_claim_id_size CHECK (octet_length(claim_id) = 32),
    CONSTRAINT ck_canary_opened_commitment_size CHECK (octet_length(commitment) = 32),
    CONSTRAINT ck_canary_opened_verifier_size CHECK (octet_length(verifier) = 20)
);
CREATE INDEX ix_canary_opened_claim_id ON canary_opened (claim_id);

CREATE TABLE minimum_stake_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    minimum_stake_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_minimum_stake_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_minimum_stake_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_minimum_stake_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_minimum_stake_set_minimum_stake_wei_unsigned CHECK (minimum_stake_wei >= 0)
);

CREATE TABLE stake_withdrawn (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    account BYTEA NOT NULL,
    token BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_stake_withdrawn PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_stake_withdrawn_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_stake_withdrawn_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_stake_withdrawn_account_size CHECK (octet_length(account) = 20),
    CONSTRAINT ck_stake_withdrawn_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_stake_withdrawn_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_stake_withdrawn_account ON stake_withdrawn (account);

-- Events of DomainControl: votes on who controls a domain.

CREATE TABLE domain_voted (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    verifier BYTEA NOT NULL,
    biome SMALLINT NOT NULL,
    nonce NUMERIC(20, 0) NOT NULL,
    is_seen BOOLEAN NOT NULL,
    CONSTRAINT pk_domain_voted PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_domain_voted_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_domain_voted_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_domain_voted_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_domain_voted_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_domain_voted_verifier_size CHECK (octet_length(verifier) = 20),
    CONSTRAINT ck_domain_voted_nonce_unsigned CHECK (nonce >= 0)
);
CREATE INDEX ix_domain_voted_domain_id ON domain_voted (domain_id);

CREATE TABLE domain_confirmed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    biome SMALLINT NOT NULL,
    nonce NUMERIC(20, 0) NOT NULL,
    votes SMALLINT NOT NULL,
    CONSTRAINT pk_domain_confirmed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_domain_confirmed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_domain_confirmed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_domain_confirmed_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_domain_confirmed_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_domain_confirmed_nonce_unsigned CHECK (nonce >= 0)
);
CREATE INDEX ix_domain_confirmed_domain_id ON domain_confirmed (domain_id);

-- Events of ProofOfOptimization: figures that governance sets besides those of `parameters_set`.

CREATE TABLE answer_seconds_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    answer_seconds NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_answer_seconds_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_answer_seconds_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_answer_seconds_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_answer_seconds_set_answer_seconds_unsigned CHECK (answer_seconds >= 0)
);

CREATE TABLE attested_percent_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    ruleset INTEGER NOT NULL,
    percent SMALLINT NOT NULL,
    CONSTRAINT pk_attested_percent_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_attested_percent_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_attested_percent_set_tx_hash_size CHECK (octet_length(tx_hash) = 32)
);
