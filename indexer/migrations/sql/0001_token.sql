-- DOMSpaceToken: transfers, votes, rewards.

CREATE TABLE dsh_transfer (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    sender BYTEA NOT NULL,
    recipient BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_dsh_transfer PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_dsh_transfer_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_dsh_transfer_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_dsh_transfer_sender_size CHECK (octet_length(sender) = 20),
    CONSTRAINT ck_dsh_transfer_recipient_size CHECK (octet_length(recipient) = 20),
    CONSTRAINT ck_dsh_transfer_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_dsh_transfer_recipient ON dsh_transfer (recipient);
CREATE INDEX ix_dsh_transfer_sender ON dsh_transfer (sender);

CREATE TABLE dsh_approval (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    owner BYTEA NOT NULL,
    spender BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_dsh_approval PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_dsh_approval_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_dsh_approval_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_dsh_approval_owner_size CHECK (octet_length(owner) = 20),
    CONSTRAINT ck_dsh_approval_spender_size CHECK (octet_length(spender) = 20),
    CONSTRAINT ck_dsh_approval_amount_wei_unsigned CHECK (amount_wei >= 0)
);

CREATE TABLE delegate_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    delegator BYTEA NOT NULL,
    from_delegate BYTEA NOT NULL,
    to_delegate BYTEA NOT NULL,
    CONSTRAINT pk_delegate_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_delegate_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_delegate_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_delegate_changed_delegator_size CHECK (octet_length(delegator) = 20),
    CONSTRAINT ck_delegate_changed_from_delegate_size CHECK (octet_length(from_delegate) = 20),
    CONSTRAINT ck_delegate_changed_to_delegate_size CHECK (octet_length(to_delegate) = 20)
);

CREATE TABLE delegate_votes_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    delegate BYTEA NOT NULL,
    previous_votes NUMERIC(78, 0) NOT NULL,
    new_votes NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_delegate_votes_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_delegate_votes_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_delegate_votes_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_delegate_votes_changed_delegate_size CHECK (octet_length(delegate) = 20),
    CONSTRAINT ck_delegate_votes_changed_previous_votes_unsigned CHECK (previous_votes >= 0),
    CONSTRAINT ck_delegate_votes_changed_new_votes_unsigned CHECK (new_votes >= 0)
);

CREATE TABLE eip712_domain_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    CONSTRAINT pk_eip712_domain_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_eip712_domain_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_eip712_domain_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_eip712_domain_changed_contract_size CHECK (octet_length(contract) = 20)
);

CREATE TABLE reward_queued (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    ticket NUMERIC(78, 0) NOT NULL,
    account BYTEA NOT NULL,
    reason BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    queued_end_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_reward_queued PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_reward_queued_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_reward_queued_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_reward_queued_ticket_unsigned CHECK (ticket >= 0),
    CONSTRAINT ck_reward_queued_account_size CHECK (octet_length(account) = 20),
    CONSTRAINT ck_reward_queued_reason_size CHECK (octet_length(reason) = 32),
    CONSTRAINT ck_reward_queued_amount_wei_unsigned CHECK (amount_wei >= 0),
    CONSTRAINT ck_reward_queued_queued_end_wei_unsigned CHECK (queued_end_wei >= 0)
);
CREATE INDEX ix_reward_queued_account ON reward_queued (account);
CREATE INDEX ix_reward_queued_reason ON reward_queued (reason);
CREATE INDEX ix_reward_queued_ticket ON reward_queued (ticket);

CREATE TABLE reward_paid (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    ticket NUMERIC(78, 0) NOT NULL,
    account BYTEA NOT NULL,
    amount_wei NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_reward_paid PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_reward_paid_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_reward_paid_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_reward_paid_ticket_unsigned CHECK (ticket >= 0),
    CONSTRAINT ck_reward_paid_account_size CHECK (octet_length(account) = 20),
    CONSTRAINT ck_reward_paid_amount_wei_unsigned CHECK (amount_wei >= 0)
);
CREATE INDEX ix_reward_paid_account ON reward_paid (account);
CREATE INDEX ix_reward_paid_ticket ON reward_paid (ticket);
