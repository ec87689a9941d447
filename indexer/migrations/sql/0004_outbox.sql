-- What subscribers were told, in the transaction that it tells of.

CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY NOT NULL,
    first_block BIGINT NOT NULL,
    message JSONB NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (id)
);

ALTER TABLE checkpoint ADD COLUMN halted TEXT;
