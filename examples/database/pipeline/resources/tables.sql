CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY, placed timestamptz NOT NULL);
