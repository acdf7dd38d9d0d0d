-- ANCHOR: unique
-- Two requests with the same key can both pass the look-up. The index decides.
ALTER TABLE booking ADD COLUMN idempotency_key uuid;
CREATE UNIQUE INDEX CONCURRENTLY booking_carrier_key
    ON booking (carrier_id, idempotency_key);
-- ANCHOR_END: unique

-- ANCHOR: forget
-- Every night: a key is good for 48 hours, after that the column is emptied.
UPDATE booking
   SET idempotency_key = NULL
 WHERE idempotency_key IS NOT NULL
   AND created_at < now() - interval '48 hours';
-- ANCHOR_END: forget
