-- Events of ModelStorage: models and training data, their versions and who may read them.

CREATE TABLE access_granted (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    record_id NUMERIC(78, 0) NOT NULL,
    reader BYTEA NOT NULL,
    by BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT pk_access_granted PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_access_granted_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_access_granted_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_access_granted_record_id_unsigned CHECK (record_id >= 0),
    CONSTRAINT ck_access_granted_reader_size CHECK (octet_length(reader) = 20),
    CONSTRAINT ck_access_granted_by_size CHECK (octet_length(by) = 20)
);
CREATE INDEX ix_access_granted_record_id ON access_granted (record_id);

CREATE TABLE access_revoked (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    record_id NUMERIC(78, 0) NOT NULL,
    reader BYTEA NOT NULL,
    by BYTEA NOT NULL,
    CONSTRAINT pk_access_revoked PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_access_revoked_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_access_revoked_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_access_revoked_record_id_unsigned CHECK (record_id >= 0),
    CONSTRAINT ck_access_revoked_reader_size CHECK (octet_length(reader) = 20),
    CONSTRAINT ck_access_revoked_by_size CHECK (octet_length(by) = 20)
);
CREATE INDEX ix_access_revoked_record_id ON access_revoked (record_id);

CREATE TABLE storage_pause_changed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    is_paused BOOLEAN NOT NULL,
    by BYTEA NOT NULL,
    CONSTRAINT pk_storage_pause_changed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_storage_pause_changed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_storage_pause_changed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_storage_pause_changed_by_size CHECK (octet_length(by) = 20)
);

CREATE TABLE record_deployed (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    record_id NUMERIC(78, 0) NOT NULL,
    version BIGINT NOT NULL,
    by BYTEA NOT NULL,
    CONSTRAINT pk_record_deployed PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_record_deployed_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_record_deployed_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_record_deployed_record_id_unsigned CHECK (record_id >= 0),
    CONSTRAINT ck_record_deployed_by_size CHECK (octet_length(by) = 20)
);
CREATE INDEX ix_record_deployed_record_id ON record_deployed (record_id);

CREATE TABLE record_made_from (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    record_id NUMERIC(78, 0) NOT NULL,
    parent_id NUMERIC(78, 0) NOT NULL,
    CONSTRAINT pk_record_made_from PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_record_made_from_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_record_made_from_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_record_made_from_record_id_unsigned CHECK (record_id >= 0),
    CONSTRAINT ck_record_made_from_parent_id_unsigned CHECK (parent_id >= 0)
);
CREATE INDEX ix_record_made_from_record_id ON record_made_from (record_id);
CREATE INDEX ix_record_made_from_parent_id ON record_made_from (parent_id);

CREATE TABLE record_retired (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    record_id NUMERIC(78, 0) NOT NULL,
    by BYTEA NOT NULL,
    CONSTRAINT pk_record_retired PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_record_retired_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_record_retired_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_record_retired_record_id_unsigned CHECK (record_id >= 0),
    CONSTRAINT ck_record_retired_by_size CHECK (octet_length(by) = 20)
);
CREATE INDEX ix_record_retired_record_id ON record_retired (record_id);

CREATE TABLE record_stored (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    record_id NUMERIC(78, 0) NOT NULL,
    kind SMALLINT NOT NULL,
    author BYTEA NOT NULL,
    name_bytes BYTEA NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_record_stored PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_record_stored_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_record_stored_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_record_stored_record_id_unsigned CHECK (record_id >= 0),
    CONSTRAINT ck_record_stored_author_size CHECK (octet_length(author) = 20)
);
CREATE INDEX ix_record_stored_record_id ON record_stored (record_id);
CREATE INDEX ix_record_stored_author ON record_stored (author);

CREATE TABLE version_stored (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    record_id NUMERIC(78, 0) NOT NULL,
    version BIGINT NOT NULL,
    author BYTEA NOT NULL,
    content BYTEA NOT NULL,
    data_hash BYTEA NOT NULL,
    metadata_hash BYTEA NOT NULL,
    schema_hash BYTEA NOT NULL,
    CONSTRAINT pk_version_stored PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_version_stored_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_version_stored_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_version_stored_record_id_unsigned CHECK (record_id >= 0),
    CONSTRAINT ck_version_stored_author_size CHECK (octet_length(author) = 20),
    CONSTRAINT ck_version_stored_content_size CHECK (octet_length(content) = 32),
    CONSTRAINT ck_version_stored_data_hash_size CHECK (octet_length(data_hash) = 32),
    CONSTRAINT ck_version_stored_metadata_hash_size CHECK (octet_length(metadata_hash) = 32),
    CONSTRAINT ck_version_stored_schema_hash_size CHECK (octet_length(schema_hash) = 32)
);
CREATE INDEX ix_version_stored_record_id ON version_stored (record_id);
CREATE INDEX ix_version_stored_author ON version_stored (author);

-- Of every contract behind a proxy.

CREATE TABLE initialized (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    version NUMERIC(20, 0) NOT NULL,
    CONSTRAINT pk_initialized PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_initialized_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_initialized_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_initialized_contract_size CHECK (octet_length(contract) = 20),
    CONSTRAINT ck_initialized_version_unsigned CHECK (version >= 0)
);

CREATE TABLE upgraded (
    block_number BIGINT NOT NULL,
    block_time TIMESTAMP WITH TIME ZONE NOT NULL,
    log_index INTEGER NOT NULL,
    block_hash BYTEA NOT NULL,
    tx_hash BYTEA NOT NULL,
    contract BYTEA NOT NULL,
    implementation BYTEA NOT NULL,
    CONSTRAINT pk_upgraded PRIMARY KEY (block_number, log_index),
    CONSTRAINT ck_upgraded_block_hash_size CHECK (octet_length(block_hash) = 32),
    CONSTRAINT ck_upgraded_tx_hash_size CHECK (octet_length(tx_hash) = 32),
    CONSTRAINT ck_upgraded_contract_size CHECK (octet_length(contract) = 20),
    CONSTRAINT ck_upgraded_implementation_size CHECK (octet_length(implementation) = 20)
);
