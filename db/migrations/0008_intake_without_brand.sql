-- What arrives before its brand is known: bank messages, and game callbacks whose account names no brand.

SET LOCAL ROLE cordon_owner;

CREATE TABLE cordon.shooter_sms (
  sms_id uuid PRIMARY KEY,
  brand_id bigint REFERENCES cordon.brand (brand_id),
  device text NOT NULL CHECK (device <> ''),
  sender text NOT NULL CHECK (sender <> ''),
  body text NOT NULL,
  deposit_id uuid,
  received_at timestamptz NOT NULL,
  matched_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (brand_id, deposit_id) REFERENCES wallet.wallet_transaction (brand_id, transaction_id),
  CONSTRAINT shooter_sms_match_check CHECK ((brand_id IS NULL) = (deposit_id IS NULL) AND (brand_id IS NULL) = (matched_at IS NULL))
);
CREATE INDEX shooter_sms_unmatched_idx ON cordon.shooter_sms (received_at) WHERE brand_id IS NULL;
ALTER TABLE cordon.shooter_sms ENABLE ROW LEVEL SECURITY;
ALTER TABLE cordon.shooter_sms FORCE ROW LEVEL SECURITY;
-- A message comes in without a brand; the brand that matches it with a deposit makes it its own, and no other sees it after that.
CREATE POLICY ingest_without_brand ON cordon.shooter_sms FOR INSERT WITH CHECK (brand_id IS NULL);
CREATE POLICY brand_reads_own_and_unmatched ON cordon.shooter_sms FOR SELECT
  USING (brand_id = (SELECT cordon.current_brand_id()) OR brand_id IS NULL);
CREATE POLICY brand_matches ON cordon.shooter_sms FOR UPDATE
  USING (brand_id = (SELECT cordon.current_brand_id()) OR brand_id IS NULL)
  WITH CHECK (brand_id = (SELECT cordon.current_brand_id()));
CREATE POLICY audit_reads_all_brands ON cordon.shooter_sms FOR SELECT TO cordon_audit USING (true);
COMMENT ON TABLE cordon.shooter_sms IS 'Bank messages from the feed. The one brand-scoped table whose brand_id may be NULL: until a deposit is matched, nobody knows it.';
COMMENT ON COLUMN cordon.shooter_sms.sms_id IS 'The message; chosen by whoever takes it in, so that taking it in twice is one row.';
COMMENT ON COLUMN cordon.shooter_sms.brand_id IS 'Brand of the matched deposit; NULL until then.';
COMMENT ON COLUMN cordon.shooter_sms.device IS 'Receiver that passed it on.';
COMMENT ON COLUMN cordon.shooter_sms.sender IS 'Sender as the network showed it.';
COMMENT ON COLUMN cordon.shooter_sms.body IS 'The text.';
COMMENT ON COLUMN cordon.shooter_sms.deposit_id IS 'The deposit that it was matched with.';
COMMENT ON COLUMN cordon.shooter_sms.received_at IS 'When the receiver had it.';
COMMENT ON COLUMN cordon.shooter_sms.matched_at IS 'When it was matched.';
COMMENT ON COLUMN cordon.shooter_sms.created_at IS 'When it was taken in.';

CREATE TABLE cordon.game_callback_dead_letter (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  provider text NOT NULL CHECK (provider <> ''),
  outbound_account text NOT NULL,
  payload_json jsonb,
  raw_body bytea NOT NULL,
  headers jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(headers) = 'object'),
  reason text NOT NULL CHECK (reason <> ''),
  request_id text NOT NULL,
  replay_status text NOT NULL DEFAULT 'pending' CHECK (replay_status IN ('pending', 'replayed', 'abandoned')),
  replayed_at timestamptz,
  replay_request_id text,
  notes text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT game_callback_dead_letter_replay_check CHECK (
    (replay_status = 'replayed') = (replayed_at IS NOT NULL) AND (replay_status = 'replayed') = (replay_request_id IS NOT NULL)
  )
);
CREATE INDEX game_callback_dead_letter_pending_idx ON cordon.game_callback_dead_letter (provider, id) WHERE replay_status = 'pending';
COMMENT ON TABLE cordon.game_callback_dead_letter IS 'Game callbacks whose account named no brand, kept for replay or for audited abandonment. Platform-wide, for that reason.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.id IS 'The row, as --id of the replay command names it.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.provider IS 'Game provider that called.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.outbound_account IS 'The account as it came, which did not parse.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.payload_json IS 'The payload; NULL when the body is not JSON.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.raw_body IS 'The body, byte for byte, so that its signature still verifies on replay.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.headers IS 'The headers that the signature and the provider''s protocol need.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.reason IS 'Why the account did not parse.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.request_id IS 'Request that brought it.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.replay_status IS 'pending, replayed or abandoned.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.replayed_at IS 'When a replay succeeded.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.replay_request_id IS 'Request of that replay.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.notes IS 'An operator''s notes. The reason of an abandonment stands in admin_audit.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.created_at IS 'When it came.';

GRANT SELECT, INSERT ON cordon.shooter_sms, cordon.game_callback_dead_letter TO cordon_app;
GRANT UPDATE (brand_id, deposit_id, matched_at) ON cordon.shooter_sms TO cordon_app;
GRANT UPDATE (replay_status, replayed_at, replay_request_id, notes) ON cordon.game_callback_dead_letter TO cordon_app;
GRANT SELECT ON cordon.shooter_sms, cordon.game_callback_dead_letter TO cordon_audit;

RESET ROLE;
