-- AccessManager: roles and who may call what.

CREATE TABLE role_granted (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    role_id NUMERIC(20, 0) NOT NULL,
    account BYTEA NOT NULL,
    delay BIGINT NOT NULL,
    since BIGINT NOT NULL,
    new_member BOOLEAN NOT NULL,
    CONSTRAINT pk_role_granted PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_role_granted_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_role_granted_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_role_granted_role_id_unsigned CHECK (role_id >= 0),
    CONSTRAINT ck_role_granted_account_size CHECK (octet_length(account) = 20)
);
CREATE INDEX ix_role_granted_account ON role_granted (account);
CREATE INDEX ix_role_granted_role_id_account_block_number_log_index ON role_granted (role_id, account, block_number, log_index);

CREATE TABLE role_revoked (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    role_id NUMERIC(20, 0) NOT NULL,
    account BYTEA NOT NULL,
    CONSTRAINT pk_role_revoked PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_role_revoked_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_role_revoked_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_role_revoked_role_id_unsigned CHECK (role_id >= 0),
    CONSTRAINT ck_role_revoked_account_size CHECK (octet_length(account) = 20)
);
CREATE INDEX ix_role_revoked_role_id_account_block_number_log_index ON role_revoked (role_id, account, block_number, log_index);

CREATE TABLE role_label (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    role_id NUMERIC(20, 0) NOT NULL,
    label_bytes BYTEA NOT NULL,
    label TEXT NOT NULL,
    CONSTRAINT pk_role_label PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_role_label_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_role_label_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_role_label_role_id_unsigned CHECK (role_id >= 0)
);

CREATE TABLE role_admin_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    role_id NUMERIC(20, 0) NOT NULL,
    admin NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_role_admin_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_role_admin_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_role_admin_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_role_admin_changed_role_id_unsigned CHECK (role_id >= 0),
    CONSTRAINT ck_role_admin_changed_admin_unsigned CHECK (admin >= 0)
);

CREATE TABLE role_guardian_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    role_id NUMERIC(20, 0) NOT NULL,
    guardian NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_role_guardian_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_role_guardian_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_role_guardian_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_role_guardian_changed_role_id_unsigned CHECK (role_id >= 0),
    CONSTRAINT ck_role_guardian_changed_guardian_unsigned CHECK (guardian >= 0)
);

CREATE TABLE role_grant_delay_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    role_id NUMERIC(20, 0) NOT NULL,
    delay BIGINT NOT NULL,
    since BIGINT NOT NULL,
    CONSTRAINT pk_role_grant_delay_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_role_grant_delay_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_role_grant_delay_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_role_grant_delay_changed_role_id_unsigned CHECK (role_id >= 0)
);

CREATE TABLE target_closed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    target BYTEA NOT NULL,
    closed BOOLEAN NOT NULL,
    CONSTRAINT pk_target_closed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_target_closed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_target_closed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_target_closed_target_size CHECK (octet_length(target) = 20)
);

CREATE TABLE target_function_role_updated (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    target BYTEA NOT NULL,
    selector BYTEA NOT NULL,
    role_id NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_target_function_role_updated PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_target_function_role_updated_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_target_function_role_updated_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_target_function_role_updated_target_size CHECK (octet_length(target) = 20),
    CONSTRAINT ck_target_function_role_updated_role_id_unsigned CHECK (role_id >= 0)
);

CREATE TABLE target_admin_delay_updated (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    target BYTEA NOT NULL,
    delay BIGINT NOT NULL,
    since BIGINT NOT NULL,
    CONSTRAINT pk_target_admin_delay_updated PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_target_admin_delay_updated_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_target_admin_delay_updated_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_target_admin_delay_updated_target_size CHECK (octet_length(target) = 20)
);

CREATE TABLE operation_scheduled (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    operation_id BYTEA NOT NULL,
    nonce BIGINT NOT NULL,
    schedule BIGINT NOT NULL,
    caller BYTEA NOT NULL,
    target BYTEA NOT NULL,
    call_data BYTEA NOT NULL,
    CONSTRAINT pk_operation_scheduled PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_operation_scheduled_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_operation_scheduled_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_operation_scheduled_operation_id_size CHECK (octet_length(operation_id) = 32),
    CONSTRAINT ck_operation_scheduled_caller_size CHECK (octet_length(caller) = 20),
    CONSTRAINT ck_operation_scheduled_target_size CHECK (octet_length(target) = 20)
);
CREATE INDEX ix_operation_scheduled_operation_id ON operation_scheduled (operation_id);

CREATE TABLE operation_executed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    operation_id BYTEA NOT NULL,
    nonce BIGINT NOT NULL,
    CONSTRAINT pk_operation_executed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_operation_executed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_operation_executed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_operation_executed_operation_id_size CHECK (octet_length(operation_id) = 32)
);

CREATE TABLE operation_canceled (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    operation_id BYTEA NOT NULL,
    nonce BIGINT NOT NULL,
    CONSTRAINT pk_operation_canceled PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_operation_canceled_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_operation_canceled_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_operation_canceled_operation_id_size CHECK (octet_length(operation_id) = 32)
);

CREATE TABLE authority_updated (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    authority BYTEA NOT NULL,
    CONSTRAINT pk_authority_updated PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_authority_updated_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_authority_updated_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_authority_updated_contract_size CHECK (octet_length(contract) = 20),
    CONSTRAINT ck_authority_updated_authority_size CHECK (octet_length(authority) = 20)
);
