-- The highest block that the chain has promised never to take back, as of the last commit; -1: none.

ALTER TABLE checkpoint ADD COLUMN final_number BIGINT DEFAULT -1 NOT NULL;
