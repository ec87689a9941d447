ALTER TABLE checkpoint DROP COLUMN halted;
DROP TABLE outbox;
