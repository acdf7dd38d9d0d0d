-- How a slot is reserved: one statement, no read before the write.
-- Included by decisions/0010-postgresql-as-the-system-of-record.md.

-- ANCHOR: tables
CREATE TABLE slot (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    terminal_id integer     NOT NULL,
    starts_at   timestamptz NOT NULL,
    capacity    smallint    NOT NULL CHECK (capacity >= 0),
    taken       smallint    NOT NULL DEFAULT 0,
    UNIQUE (terminal_id, starts_at),
    CONSTRAINT slot_not_overbooked CHECK (taken BETWEEN 0 AND capacity)
);

CREATE TABLE booking (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slot_id      bigint      NOT NULL REFERENCES slot (id),
    carrier_id   bigint      NOT NULL,
    container_no char(11)    NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now()
);
-- ANCHOR_END: tables

-- ANCHOR: reserve
WITH claimed AS (
    UPDATE slot
       SET taken = taken + 1
     WHERE id = :slot_id
       AND taken < capacity
    RETURNING id
)
INSERT INTO booking (slot_id, carrier_id, container_no)
SELECT id, :carrier_id, :container_no
  FROM claimed
RETURNING id;           -- no row: the slot is full
-- ANCHOR_END: reserve
