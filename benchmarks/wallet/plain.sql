-- The reference: one command, one stored procedure, one transaction. What it writes is what any wallet with idempotency, a ledger and an
-- outbox must write, and nothing else: an idempotency row, a checked and updated balance, two ledger rows, one outbox row. The house's account
-- is the sum of its ledger rows and is not updated by row, so that commands of different players don't wait for each other.
DROP SCHEMA IF EXISTS bench_plain CASCADE;
CREATE SCHEMA bench_plain;

CREATE TABLE bench_plain.command (
  brand_id bigint NOT NULL,
  request_id text NOT NULL,
  player_id bigint NOT NULL,
  amount bigint NOT NULL,
  balance_after bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, request_id)
);

CREATE TABLE bench_plain.balance (
  brand_id bigint NOT NULL,
  player_id bigint NOT NULL,
  balance bigint NOT NULL CHECK (balance >= 0),
  PRIMARY KEY (brand_id, player_id)
);

CREATE TABLE bench_plain.ledger (
  entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand_id bigint NOT NULL,
  request_id text NOT NULL,
  account text NOT NULL,
  player_id bigint,
  amount bigint NOT NULL,
  balance_after bigint,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE bench_plain.outbox (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand_id bigint NOT NULL,
  event_type text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);

INSERT INTO bench_plain.balance (brand_id, player_id, balance) SELECT 1, player, 0 FROM generate_series(1, 10000) AS player;

-- The balance after the command.
CREATE FUNCTION bench_plain.deposit(key text, player bigint, deposited bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  after bigint;
BEGIN
  UPDATE bench_plain.balance AS b SET balance = b.balance + deposited
  WHERE b.brand_id = 1 AND b.player_id = player AND b.balance + deposited >= 0
  RETURNING b.balance INTO after;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such player, or too little money';
  END IF;
  -- A key that was seen ends in unique_violation, and the balance stays as it was.
  INSERT INTO bench_plain.command (brand_id, request_id, player_id, amount, balance_after) VALUES (1, key, player, deposited, after);
  INSERT INTO bench_plain.ledger (brand_id, request_id, account, player_id, amount, balance_after)
  VALUES (1, key, 'deposits', NULL, -deposited, NULL), (1, key, 'cash', player, deposited, after);
  INSERT INTO bench_plain.outbox (brand_id, event_type, payload)
  VALUES (1, 'wallet.deposit',
    jsonb_build_object('brand_id', 1, 'request_id', key, 'player_id', player, 'amount', deposited, 'balance_after', after));
  RETURN after;
END
$$;
