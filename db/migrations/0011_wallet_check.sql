-- The wallet checks itself: where it has got to in each brand's ledger, and what it found.

SET LOCAL ROLE cordon_owner;

CREATE TABLE wallet.wallet_check (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  checked_seq bigint NOT NULL DEFAULT 0 CHECK (checked_seq >= 0),
  checked_hash cordon.sha256_digest NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000',
  caught_up_at timestamptz,
  swept_seq bigint NOT NULL DEFAULT 0 CHECK (swept_seq >= 0),
  swept_hash cordon.sha256_digest NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000',
  entries_swept_at timestamptz,
  swept_player_id bigint NOT NULL DEFAULT 0 CHECK (swept_player_id >= 0),
  players_swept_at timestamptz,
  checked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id)
);
SELECT cordon.isolate_by_brand('wallet.wallet_check');
COMMENT ON TABLE wallet.wallet_check IS
  'How far wallet_worker has checked each brand''s money (cordon wallet check). Removing a row begins that brand''s checks anew.';
COMMENT ON COLUMN wallet.wallet_check.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.wallet_check.checked_seq IS 'Last ledger entry that was checked; 0 before the first.';
COMMENT ON COLUMN wallet.wallet_check.checked_hash IS 'Its row_hash at that time. The entry must have the same ever after.';
COMMENT ON COLUMN wallet.wallet_check.caught_up_at IS 'When the whole ledger had last been checked once; NULL before that.';
COMMENT ON COLUMN wallet.wallet_check.swept_seq IS 'Where the slow sweep, which reads everything again, stands in the ledger.';
COMMENT ON COLUMN wallet.wallet_check.swept_hash IS 'row_hash of the entry there.';
COMMENT ON COLUMN wallet.wallet_check.entries_swept_at IS 'When that sweep last came to the end; NULL before that.';
COMMENT ON COLUMN wallet.wallet_check.swept_player_id IS 'Last player whose buckets the slow sweep compared with the sums of the ledger.';
COMMENT ON COLUMN wallet.wallet_check.players_swept_at IS 'When that sweep last came to the end; NULL before that.';
COMMENT ON COLUMN wallet.wallet_check.checked_at IS 'When the last round ended.';

CREATE TABLE wallet.wallet_check_finding (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  finding_id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,63}$'),
  subject text NOT NULL CHECK (subject <> ''),
  detail text NOT NULL,
  seq bigint,
  request_id text,
  player_id bigint,
  expected_hash cordon.sha256_digest,
  found_at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  PRIMARY KEY (brand_id, finding_id)
);
-- What is found again while it is known is one finding.
CREATE UNIQUE INDEX wallet_check_finding_open_idx ON wallet.wallet_check_finding (brand_id, kind, subject) WHERE resolved_at IS NULL;

CREATE FUNCTION wallet.wallet_check_finding_kept() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.resolved_at IS NULL AND NEW.resolved_at IS NOT NULL
      AND to_jsonb(NEW) - 'resolved_at' = to_jsonb(OLD) - 'resolved_at' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'wallet_check_finding is append-only; % not permitted on wallet.wallet_check_finding', TG_OP USING ERRCODE = 'CB002';
END
$$;
CREATE TRIGGER trg_wallet_check_finding_kept BEFORE UPDATE OR DELETE ON wallet.wallet_check_finding
  FOR EACH ROW EXECUTE FUNCTION wallet.wallet_check_finding_kept();
CREATE TRIGGER trg_wallet_check_finding_no_truncate BEFORE TRUNCATE ON wallet.wallet_check_finding
  FOR EACH STATEMENT EXECUTE FUNCTION wallet.wallet_check_finding_kept();
ALTER TABLE wallet.wallet_check_finding ENABLE ALWAYS TRIGGER trg_wallet_check_finding_kept;
ALTER TABLE wallet.wallet_check_finding ENABLE ALWAYS TRIGGER trg_wallet_check_finding_no_truncate;
SELECT cordon.isolate_by_brand('wallet.wallet_check_finding');
COMMENT ON FUNCTION wallet.wallet_check_finding_kept() IS
  'Trigger: a finding is never removed or changed; only resolved_at is set, once (CB002).';
COMMENT ON TABLE wallet.wallet_check_finding IS
  'What is wrong with a brand''s money, as wallet_worker found it. Each open one is an incident; kept for ever.';
COMMENT ON COLUMN wallet.wallet_check_finding.brand_id IS 'The brand.';
COMMENT ON COLUMN wallet.wallet_check_finding.finding_id IS 'Ascending number of the finding.';
COMMENT ON COLUMN wallet.wallet_check_finding.kind IS
  'entry_missing, chain_broken, entry_changed, history_rewritten, head_mismatch, running_balance, unbalanced or bucket_difference.';
COMMENT ON COLUMN wallet.wallet_check_finding.subject IS 'The exact entry, command or bucket.';
COMMENT ON COLUMN wallet.wallet_check_finding.detail IS 'What is there and what should be.';
COMMENT ON COLUMN wallet.wallet_check_finding.seq IS 'The ledger entry; NULL where it is not about one.';
COMMENT ON COLUMN wallet.wallet_check_finding.request_id IS 'The command; NULL where it is not about one.';
COMMENT ON COLUMN wallet.wallet_check_finding.player_id IS 'The player; NULL where it is not about one.';
COMMENT ON COLUMN wallet.wallet_check_finding.expected_hash IS 'The hash that the entry had when it was checked, for history_rewritten.';
COMMENT ON COLUMN wallet.wallet_check_finding.found_at IS 'When it was found.';
COMMENT ON COLUMN wallet.wallet_check_finding.resolved_at IS 'When it was no longer so; NULL while it is.';

GRANT SELECT ON wallet.wallet_check, wallet.wallet_check_finding TO cordon_app, cordon_audit;
GRANT INSERT ON wallet.wallet_check, wallet.wallet_check_finding TO cordon_app;
GRANT UPDATE (checked_seq, checked_hash, caught_up_at, swept_seq, swept_hash, entries_swept_at, swept_player_id, players_swept_at, checked_at)
  ON wallet.wallet_check TO cordon_app;
GRANT UPDATE (resolved_at) ON wallet.wallet_check_finding TO cordon_app;

RESET ROLE;
