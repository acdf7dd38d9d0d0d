-- The outbox of slots. Included by decisions/0034-event-stream-between-services.md.

-- ANCHOR: outbox
CREATE TABLE outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    booking_id bigint      NOT NULL,
    topic      text        NOT NULL,
    body       jsonb       NOT NULL,     -- ids only, no data of drivers
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz
);

CREATE INDEX outbox_waiting ON outbox (id) WHERE sent_at IS NULL;

-- The relay, in a transaction: take, send, mark. One relay runs at a time
-- (advisory lock), so that events of one booking keep their order.
SELECT id, topic, body
  FROM outbox
 WHERE sent_at IS NULL
 ORDER BY id
 LIMIT 100
   FOR UPDATE;
-- ANCHOR_END: outbox
