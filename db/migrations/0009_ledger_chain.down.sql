-- Takes the chain away again; entries keep their numbers, and later ones count on from there.

SET LOCAL ROLE cordon_owner;

DROP FUNCTION cordon.row_brands(text, text[]);
DROP TRIGGER trg_wallet_ledger_entered ON wallet.wallet_ledger;
DROP FUNCTION wallet.wallet_ledger_entered();
DROP TRIGGER trg_wallet_transaction_entered ON wallet.wallet_transaction;
DROP FUNCTION wallet.wallet_transaction_entered();
DROP TRIGGER trg_wallet_command_entered ON wallet.wallet_command;
DROP FUNCTION wallet.wallet_command_entered();

ALTER TABLE wallet.wallet_command ADD FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id) NOT VALID;
ALTER TABLE wallet.wallet_transaction ADD FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id) NOT VALID;
ALTER TABLE wallet.wallet_transaction ADD FOREIGN KEY (brand_id, request_id) REFERENCES wallet.wallet_command (brand_id, request_id) NOT VALID;
ALTER TABLE wallet.wallet_ledger ADD FOREIGN KEY (brand_id, player_id) REFERENCES cordon.player (brand_id, player_id) NOT VALID;
ALTER TABLE wallet.wallet_ledger ADD FOREIGN KEY (brand_id, transaction_id) REFERENCES wallet.wallet_transaction (brand_id, transaction_id) NOT VALID;
ALTER TABLE wallet.wallet_ledger ADD FOREIGN KEY (brand_id, request_id) REFERENCES wallet.wallet_command (brand_id, request_id) NOT VALID;
CREATE INDEX wallet_ledger_transaction_idx ON wallet.wallet_ledger (brand_id, transaction_id) WHERE transaction_id IS NOT NULL;

ALTER TABLE wallet.wallet_transaction DROP COLUMN part_buckets, DROP COLUMN part_amounts;
ALTER TABLE wallet.wallet_ledger DROP CONSTRAINT wallet_ledger_seq_check, DROP COLUMN row_hash, DROP COLUMN prev_hash;
ALTER TABLE wallet.wallet_ledger RENAME COLUMN seq TO entry_id;
ALTER TABLE wallet.wallet_ledger ALTER COLUMN entry_id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE wallet.wallet_ledger NO FORCE ROW LEVEL SECURITY;
-- brand-global: migration: the sequence goes on behind the highest number of all brands
SELECT setval(
  pg_get_serial_sequence('wallet.wallet_ledger', 'entry_id'), coalesce((SELECT max(entry_id) FROM wallet.wallet_ledger), 0) + 1, false);
ALTER TABLE wallet.wallet_ledger FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN wallet.wallet_ledger.entry_id IS 'Ascending number of the entry. Gaps are transactions that rolled back.';
COMMENT ON COLUMN wallet.wallet_ledger.created_at IS 'Start of the transaction that moved the money.';

DROP FUNCTION wallet.ledger_entry_hash(bigint, bigint, bytea, text, text, uuid, bigint, text, text, bigint, bigint, timestamptz);
DROP FUNCTION wallet.length_prefixed(bytea);
DROP TABLE wallet.wallet_chain;

CREATE FUNCTION wallet.wallet_ledger_balanced() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  bad record;
BEGIN
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
  FROM (SELECT DISTINCT brand_id, account FROM entered WHERE player_id IS NULL) AS e
  LEFT JOIN wallet.wallet_account AS a ON a.brand_id = e.brand_id AND a.account = e.account
  WHERE a.account IS NULL
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'wallet_ledger: brand % has no account %', bad.brand_id, bad.account
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'wallet_ledger_account_exists';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER trg_wallet_ledger_balanced AFTER INSERT ON wallet.wallet_ledger
  REFERENCING NEW TABLE AS entered
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_ledger_balanced();
ALTER TABLE wallet.wallet_ledger ENABLE ALWAYS TRIGGER trg_wallet_ledger_balanced;
COMMENT ON FUNCTION wallet.wallet_ledger_balanced() IS
  'Trigger: what one INSERT enters sums to zero for each command and currency (CB004), and entries without a player name an account of their brand.';

RESET ROLE;
