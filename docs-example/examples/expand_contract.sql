-- ANCHOR: expand
-- Release 1. Runs before the new code. Takes the lock for a few milliseconds.
SET lock_timeout = '2s';
ALTER TABLE driver ADD COLUMN phone_cipher bytea;
ALTER TABLE driver ADD COLUMN phone_key_id text;
-- ANCHOR_END: expand

-- ANCHOR: check
-- Release 2. NOT VALID checks new rows only; VALIDATE reads the old ones
-- without blocking writes.
ALTER TABLE driver
    ADD CONSTRAINT phone_has_key
    CHECK (phone_cipher IS NULL OR phone_key_id IS NOT NULL) NOT VALID;
ALTER TABLE driver VALIDATE CONSTRAINT phone_has_key;
-- ANCHOR_END: check

-- ANCHOR: contract
-- Release 3. At the earliest one release after the last code that reads the column.
SET lock_timeout = '2s';
ALTER TABLE driver DROP COLUMN phone;
-- ANCHOR_END: contract
