-- plain.sql with one thing more: each command extends one chain of its brand, under a lock on the chain's head. What a chain costs when
-- commands come one at a time.
DROP SCHEMA IF EXISTS bench_chained CASCADE;
CREATE SCHEMA bench_chained;

CREATE TABLE bench_chained.command (
  brand_id bigint NOT NULL,
  request_id text NOT NULL,
  player_id bigint NOT NULL,
  amount bigint NOT NULL,
  balance_after bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, request_id)
);

CREATE TABLE bench_chained.balance (
  brand_id bigint NOT NULL,
  player_id bigint NOT NULL,
  balance bigint NOT NULL CHECK (balance >= 0),
  PRIMARY KEY (brand_id, player_id)
);

CREATE TABLE bench_chained.ledger (
  entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand_id bigint NOT NULL,
  request_id text NOT NULL,
  account text NOT NULL,
  player_id bigint,
  amount bigint NOT NULL,
  balance_after bigint,
  seq bigint NOT NULL,
  prev_hash bytea NOT NULL,
  row_hash bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Where each brand's chain ends.
CREATE TABLE bench_chained.head (
  brand_id bigint PRIMARY KEY,
  seq bigint NOT NULL,
  hash bytea NOT NULL
);

INSERT INTO bench_chained.head (brand_id, seq, hash) VALUES (1, 0, sha256(''));

CREATE TABLE bench_chained.outbox (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  brand_id bigint NOT NULL,
  event_type text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);

INSERT INTO bench_chained.balance (brand_id, player_id, balance) SELECT 1, player, 0 FROM generate_series(1, 10000) AS player;

-- The balance after the command.
CREATE FUNCTION bench_chained.deposit(key text, player bigint, deposited bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  after bigint;
  last_seq bigint;
  last_hash bytea;
  house_hash bytea;
  player_hash bytea;
BEGIN
  SELECT h.seq, h.hash INTO last_seq, last_hash FROM bench_chained.head AS h WHERE h.brand_id = 1 FOR UPDATE;
  UPDATE bench_chained.balance AS b SET balance = b.balance + deposited
  WHERE b.brand_id = 1 AND b.player_id = player AND b.balance + deposited >= 0
  RETURNING b.balance INTO after;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such player, or too little money';
  END IF;
  -- A key that was seen ends in unique_violation, and the balance stays as it was.
  INSERT INTO bench_chained.command (brand_id, request_id, player_id, amount, balance_after) VALUES (1, key, player, deposited, after);
  house_hash := sha256(last_hash || convert_to(concat_ws('|', 1, last_seq + 1, key, 'deposits', -deposited), 'UTF8'));
  player_hash := sha256(house_hash || convert_to(concat_ws('|', 1, last_seq + 2, key, 'cash', player, deposited, after), 'UTF8'));
  INSERT INTO bench_chained.ledger (brand_id, request_id, account, player_id, amount, balance_after, seq, prev_hash, row_hash)
  VALUES (1, key, 'deposits', NULL, -deposited, NULL, last_seq + 1, last_hash, house_hash),
    (1, key, 'cash', player, deposited, after, last_seq + 2, house_hash, player_hash);
  UPDATE bench_chained.head AS h SET seq = last_seq + 2, hash = player_hash WHERE h.brand_id = 1;
  INSERT INTO bench_chained.outbox (brand_id, event_type, payload)
  VALUES (1, 'wallet.deposit',
    jsonb_build_object('brand_id', 1, 'request_id', key, 'player_id', player, 'amount', deposited, 'balance_after', after));
  RETURN after;
END
$$;
