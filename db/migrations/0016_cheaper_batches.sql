-- What a batch pays for whatever its size, made cheaper without weakening it: each check is the same, in fewer and plainer passes.

SET LOCAL ROLE cordon_owner;

-- Balances change with every command, and their keys never: with room on each page a change stays on its page and touches no index.
ALTER TABLE wallet.wallet_balance SET (fillfactor = 60);

CREATE OR REPLACE FUNCTION wallet.wallet_ledger_entered() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  sound boolean;
  first_brand bigint;
  last_brand bigint;
  last_seq bigint;
  bad record;
BEGIN
  -- One pass decides; what follows only finds out what to say. An account is looked up once, however many entries name it.
  SELECT bool_and(
      CASE
      WHEN e.player_id IS NULL THEN true
      ELSE EXISTS (
        SELECT FROM wallet.wallet_command AS c
        WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id OFFSET 0)
      END
      AND CASE
      WHEN e.brand_before = e.brand_id THEN e.seq_before = e.seq - 1 AND e.hash_before = e.prev_hash
      ELSE EXISTS (
        SELECT FROM wallet.wallet_chain AS c
        WHERE c.brand_id = e.brand_id AND c.seq = e.seq - 1 AND c.row_hash = e.prev_hash OFFSET 0)
      END
    )
    AND NOT EXISTS (SELECT FROM entered AS s GROUP BY s.brand_id, s.request_id, s.currency HAVING sum(s.amount) <> 0)
    AND NOT EXISTS (
      SELECT FROM (SELECT DISTINCT n.brand_id, n.account FROM entered AS n WHERE n.player_id IS NULL) AS named
      WHERE NOT EXISTS (
        SELECT FROM wallet.wallet_account AS a WHERE a.brand_id = named.brand_id AND a.account = named.account OFFSET 0)),
    min(e.brand_id), max(e.brand_id), max(e.seq)
  INTO sound, first_brand, last_brand, last_seq
  FROM (
    SELECT n.brand_id, n.seq, n.prev_hash, n.request_id, n.player_id, lag(n.brand_id) OVER follows AS brand_before,
      lag(n.seq) OVER follows AS seq_before, lag(n.row_hash) OVER follows AS hash_before
    FROM entered AS n
    WINDOW follows AS (ORDER BY n.brand_id, n.seq)
  ) AS e;
  IF first_brand IS NULL THEN
    RETURN NULL;
  ELSIF sound AND first_brand = last_brand THEN
    UPDATE wallet.wallet_chain AS c SET seq = last.seq, row_hash = last.row_hash, touched_at = clock_timestamp()
    FROM entered AS last WHERE last.seq = last_seq AND c.brand_id = first_brand;
    RETURN NULL;
  ELSIF sound THEN
    UPDATE wallet.wallet_chain AS c SET seq = last.seq, row_hash = last.row_hash, touched_at = clock_timestamp()
    FROM (SELECT DISTINCT ON (e.brand_id) e.brand_id, e.seq, e.row_hash FROM entered AS e ORDER BY e.brand_id, e.seq DESC) AS last
    WHERE c.brand_id = last.brand_id;
    RETURN NULL;
  END IF;

  SELECT e.request_id, e.currency, sum(e.amount) AS total INTO bad
  FROM entered AS e
  GROUP BY e.brand_id, e.request_id, e.currency
  HAVING sum(e.amount) <> 0
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: entries of request % do not sum to zero in %: %', bad.request_id, bad.currency, bad.total
      USING ERRCODE = 'CB004', CONSTRAINT = 'wallet_ledger_balanced';
  END IF;
  SELECT e.brand_id, e.account INTO bad
  FROM entered AS e
  WHERE e.player_id IS NULL
    AND NOT EXISTS (SELECT FROM wallet.wallet_account AS a WHERE a.brand_id = e.brand_id AND a.account = e.account)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no account %', bad.brand_id, bad.account
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_account_exists';
  END IF;
  SELECT e.brand_id, e.request_id, e.player_id INTO bad
  FROM entered AS e
  WHERE e.player_id IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM wallet.wallet_command AS c
      WHERE c.brand_id = e.brand_id AND c.request_id = e.request_id AND c.player_id = e.player_id)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no command % of player %', bad.brand_id, bad.request_id, bad.player_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_command_exists';
  END IF;
  RAISE EXCEPTION 'wallet_ledger: the entries of request % do not follow the last one of their brand', (SELECT min(e.request_id) FROM entered AS e)
    USING ERRCODE = 'CB005', CONSTRAINT = 'wallet_ledger_chained';
END
$$;

-- It belongs to cordon_detector, and only its owner can replace it.
GRANT CREATE ON SCHEMA cordon TO cordon_detector;
SET LOCAL ROLE cordon_detector;
CREATE OR REPLACE FUNCTION cordon.row_brands(kind text, keys text[]) RETURNS TABLE (key text, found_brand_id bigint)
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  own_brand bigint := cordon.current_brand_id();
BEGIN
  IF kind <> 'wallet_command' THEN
    RETURN QUERY SELECT asked.key, found.brand FROM unnest(keys) AS asked (key)
      CROSS JOIN LATERAL (SELECT cordon.row_brand(row_brands.kind, asked.key) AS brand) AS found
      WHERE found.brand IS NOT NULL;
    RETURN;
  END IF;
  -- As good as always nobody else knows any of them, and then there is nothing to record.
  IF NOT EXISTS (
    SELECT FROM unnest(keys) AS asked (key)
    CROSS JOIN LATERAL (
      SELECT FROM wallet.wallet_command AS c WHERE c.request_id = asked.key AND c.brand_id <> own_brand OFFSET 0) AS other) THEN
    RETURN;
  END IF;
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT asked.key, (
        SELECT c.brand_id FROM wallet.wallet_command AS c
        WHERE c.request_id = asked.key AND c.brand_id <> own_brand ORDER BY c.brand_id LIMIT 1) AS brand
      FROM unnest(keys) AS asked (key)
    ), foreigners AS MATERIALIZED (
      SELECT f.key, f.brand FROM found AS f
      WHERE f.brand IS NOT NULL
        AND NOT EXISTS (SELECT FROM wallet.wallet_command AS o WHERE o.brand_id = own_brand AND o.request_id = f.key)
    ), recorded AS (
      INSERT INTO security.cross_brand_detection (brand_id, kind, key, found_brand_id)
      SELECT own_brand, row_brands.kind, f.key, f.brand FROM foreigners AS f
    )
    SELECT f.key, f.brand FROM foreigners AS f;
END
$$;

SET LOCAL ROLE cordon_owner;
REVOKE CREATE ON SCHEMA cordon FROM cordon_detector;

RESET ROLE;
