-- Events of PlanRegistry: plans, subscriptions, keys, usage and overage.

CREATE TABLE subscription_cancelled (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    credited NUMERIC(78, 0) NOT NULL,
    paid_until BIGINT NOT NULL,
    CONSTRAINT pk_subscription_cancelled PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_subscription_cancelled_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_subscription_cancelled_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_subscription_cancelled_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_subscription_cancelled_credited_unsigned CHECK (credited >= 0)
);
CREATE INDEX ix_subscription_cancelled_client ON subscription_cancelled (client);

CREATE TABLE client_domain_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    CONSTRAINT pk_client_domain_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_client_domain_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_client_domain_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_client_domain_set_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_client_domain_set_domain_id_size CHECK (octet_length(domain_id) = 32)
);
CREATE INDEX ix_client_domain_set_client ON client_domain_set (client);
CREATE INDEX ix_client_domain_set_domain_id ON client_domain_set (domain_id);

CREATE TABLE fees_earned (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    token BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    amount NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_fees_earned PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_fees_earned_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_fees_earned_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_fees_earned_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_fees_earned_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_fees_earned_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_fees_earned_amount_unsigned CHECK (amount >= 0)
);
CREATE INDEX ix_fees_earned_client ON fees_earned (client);
CREATE INDEX ix_fees_earned_domain_id ON fees_earned (domain_id);

CREATE TABLE fees_passed_on (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    token BYTEA NOT NULL,
    domain_id BYTEA NOT NULL,
    amount NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_fees_passed_on PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_fees_passed_on_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_fees_passed_on_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_fees_passed_on_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_fees_passed_on_domain_id_size CHECK (octet_length(domain_id) = 32),
    CONSTRAINT ck_fees_passed_on_amount_unsigned CHECK (amount >= 0)
);
CREATE INDEX ix_fees_passed_on_domain_id ON fees_passed_on (domain_id);

CREATE TABLE key_committed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    CONSTRAINT pk_key_committed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_key_committed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_key_committed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_key_committed_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_key_committed_commitment_size CHECK (octet_length(commitment) = 32)
);
CREATE INDEX ix_key_committed_client ON key_committed (client);
CREATE INDEX ix_key_committed_commitment ON key_committed (commitment);

CREATE TABLE key_revoked (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    commitment BYTEA NOT NULL,
    CONSTRAINT pk_key_revoked PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_key_revoked_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_key_revoked_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_key_revoked_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_key_revoked_commitment_size CHECK (octet_length(commitment) = 32)
);
CREATE INDEX ix_key_revoked_client ON key_revoked (client);
CREATE INDEX ix_key_revoked_commitment ON key_revoked (commitment);

CREATE TABLE overage_charged (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    month BIGINT NOT NULL,
    token BYTEA NOT NULL,
    overage_requests NUMERIC(20, 0) NOT NULL,
    due NUMERIC(78, 0) NOT NULL,
    charged NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_overage_charged PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_overage_charged_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_overage_charged_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_overage_charged_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_overage_charged_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_overage_charged_overage_requests_unsigned CHECK (overage_requests >= 0),
    CONSTRAINT ck_overage_charged_due_unsigned CHECK (due >= 0),
    CONSTRAINT ck_overage_charged_charged_unsigned CHECK (charged >= 0)
);
CREATE INDEX ix_overage_charged_client ON overage_charged (client);

CREATE TABLE overage_deposited (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    token BYTEA NOT NULL,
    amount NUMERIC(78, 0) NOT NULL,
    deposit NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_overage_deposited PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_overage_deposited_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_overage_deposited_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_overage_deposited_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_overage_deposited_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_overage_deposited_amount_unsigned CHECK (amount >= 0),
    CONSTRAINT ck_overage_deposited_deposit_unsigned CHECK (deposit >= 0)
);
CREATE INDEX ix_overage_deposited_client ON overage_deposited (client);

CREATE TABLE overage_leaving (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    token BYTEA NOT NULL,
    free_at BIGINT NOT NULL,
    CONSTRAINT pk_overage_leaving PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_overage_leaving_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_overage_leaving_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_overage_leaving_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_overage_leaving_token_size CHECK (octet_length(token) = 20)
);
CREATE INDEX ix_overage_leaving_client ON overage_leaving (client);

CREATE TABLE overage_returned (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    token BYTEA NOT NULL,
    amount NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_overage_returned PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_overage_returned_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_overage_returned_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_overage_returned_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_overage_returned_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_overage_returned_amount_unsigned CHECK (amount >= 0)
);
CREATE INDEX ix_overage_returned_client ON overage_returned (client);

CREATE TABLE plan_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    from_plan_id SMALLINT NOT NULL,
    to_plan_id SMALLINT NOT NULL,
    paid NUMERIC(78, 0) NOT NULL,
    credited NUMERIC(78, 0) NOT NULL,
    paid_until BIGINT NOT NULL,
    CONSTRAINT pk_plan_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_plan_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_plan_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_plan_changed_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_plan_changed_paid_unsigned CHECK (paid >= 0),
    CONSTRAINT ck_plan_changed_credited_unsigned CHECK (credited >= 0)
);
CREATE INDEX ix_plan_changed_client ON plan_changed (client);

CREATE TABLE plan_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    plan_id SMALLINT NOT NULL,
    name_bytes BYTEA NOT NULL,
    name TEXT NOT NULL,
    requests_per_month NUMERIC(20, 0) NOT NULL,
    storage_bytes NUMERIC(20, 0) NOT NULL,
    api_calls_per_day BIGINT NOT NULL,
    tasks_per_month BIGINT NOT NULL,
    generate_jobs_per_month BIGINT NOT NULL,
    refactor_jobs_per_month BIGINT NOT NULL,
    debug_jobs_per_month BIGINT NOT NULL,
    deployments_per_month BIGINT NOT NULL,
    is_open BOOLEAN NOT NULL,
    CONSTRAINT pk_plan_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_plan_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_plan_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_plan_set_requests_per_month_unsigned CHECK (requests_per_month >= 0),
    CONSTRAINT ck_plan_set_storage_bytes_unsigned CHECK (storage_bytes >= 0)
);

CREATE TABLE price_set (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    plan_id SMALLINT NOT NULL,
    token BYTEA NOT NULL,
    month NUMERIC(78, 0) NOT NULL,
    set_up NUMERIC(78, 0) NOT NULL,
    overage_per_request NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_price_set PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_price_set_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_price_set_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_price_set_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_price_set_month_unsigned CHECK (month >= 0),
    CONSTRAINT ck_price_set_set_up_unsigned CHECK (set_up >= 0),
    CONSTRAINT ck_price_set_overage_per_request_unsigned CHECK (overage_per_request >= 0)
);

CREATE TABLE client_resumed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    CONSTRAINT pk_client_resumed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_client_resumed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_client_resumed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_client_resumed_client_size CHECK (octet_length(client) = 20)
);
CREATE INDEX ix_client_resumed_client ON client_resumed (client);

CREATE TABLE subscribed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    plan_id SMALLINT NOT NULL,
    token BYTEA NOT NULL,
    payer BYTEA NOT NULL,
    months BIGINT NOT NULL,
    paid NUMERIC(78, 0) NOT NULL,
    set_up NUMERIC(78, 0) NOT NULL,
    paid_until BIGINT NOT NULL,
    CONSTRAINT pk_subscribed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_subscribed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_subscribed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_subscribed_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_subscribed_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_subscribed_payer_size CHECK (octet_length(payer) = 20),
    CONSTRAINT ck_subscribed_paid_unsigned CHECK (paid >= 0),
    CONSTRAINT ck_subscribed_set_up_unsigned CHECK (set_up >= 0)
);
CREATE INDEX ix_subscribed_client ON subscribed (client);

CREATE TABLE client_suspended (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    reason BYTEA NOT NULL,
    CONSTRAINT pk_client_suspended PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_client_suspended_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_client_suspended_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_client_suspended_client_size CHECK (octet_length(client) = 20),
    CONSTRAINT ck_client_suspended_reason_size CHECK (octet_length(reason) = 32)
);
CREATE INDEX ix_client_suspended_client ON client_suspended (client);

CREATE TABLE trial_started (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    client BYTEA NOT NULL,
    plan_id SMALLINT NOT NULL,
    trial_until BIGINT NOT NULL,
    CONSTRAINT pk_trial_started PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_trial_started_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_trial_started_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_trial_started_client_size CHECK (octet_length(client) = 20)
);
CREATE INDEX ix_trial_started_client ON trial_started (client);

CREATE TABLE usage_anchored (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    month BIGINT NOT NULL,
    root BYTEA NOT NULL,
    leaves NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_usage_anchored PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_usage_anchored_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_usage_anchored_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_usage_anchored_root_size CHECK (octet_length(root) = 32),
    CONSTRAINT ck_usage_anchored_leaves_unsigned CHECK (leaves >= 0)
);

CREATE TABLE plan_withdrawn (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    account BYTEA NOT NULL,
    token BYTEA NOT NULL,
    amount NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_plan_withdrawn PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_plan_withdrawn_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_plan_withdrawn_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_plan_withdrawn_account_size CHECK (octet_length(account) = 20),
    CONSTRAINT ck_plan_withdrawn_token_size CHECK (octet_length(token) = 20),
    CONSTRAINT ck_plan_withdrawn_amount_unsigned CHECK (amount >= 0)
);
CREATE INDEX ix_plan_withdrawn_account ON plan_withdrawn (account);
