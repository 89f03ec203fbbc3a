-- Containment (S4-INC-07): while a brand is suspected of having been tampered with, the database itself refuses its writes, whoever asks for
-- them. Reads go on, and so does what has to be written in an incident: audits, evidence, revocation.

SET LOCAL ROLE cordon_owner;

CREATE TABLE evidence.containment (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  containment_id bigint GENERATED ALWAYS AS IDENTITY,
  begun_by text NOT NULL CHECK (btrim(begun_by) <> ''),
  reason text NOT NULL CHECK (btrim(reason) <> ''),
  begun_at timestamptz NOT NULL DEFAULT now(),
  ended_by text CHECK (btrim(ended_by) <> ''),
  end_reason text CHECK (btrim(end_reason) <> ''),
  ended_at timestamptz,
  PRIMARY KEY (brand_id, containment_id),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL))
);
CREATE UNIQUE INDEX containment_active_idx ON evidence.containment (brand_id) WHERE ended_at IS NULL;
SELECT cordon.isolate_by_brand('evidence.containment');
COMMENT ON TABLE evidence.containment IS 'When a brand''s writes were stopped, by whom and why; at most one such time is not over.';
COMMENT ON COLUMN evidence.containment.brand_id IS 'The brand.';
COMMENT ON COLUMN evidence.containment.containment_id IS 'Ascending number of the row.';
COMMENT ON COLUMN evidence.containment.begun_by IS 'The operator, or the monitor that found something.';
COMMENT ON COLUMN evidence.containment.reason IS 'Why.';
COMMENT ON COLUMN evidence.containment.begun_at IS 'From when on writes are refused.';
COMMENT ON COLUMN evidence.containment.ended_by IS 'The operator who decided that the brand may write again.';
COMMENT ON COLUMN evidence.containment.end_reason IS 'Why it may.';
COMMENT ON COLUMN evidence.containment.ended_at IS 'When that was; NULL while writes are refused.';
GRANT SELECT ON evidence.containment TO cordon_app, cordon_audit;
GRANT INSERT (brand_id, begun_by, reason), UPDATE (ended_by, end_reason, ended_at) ON evidence.containment TO cordon_app;

CREATE FUNCTION evidence.containment_ends_once() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
    OR (NEW.brand_id, NEW.containment_id, NEW.begun_by, NEW.reason, NEW.begun_at)
      IS DISTINCT FROM (OLD.brand_id, OLD.containment_id, OLD.begun_by, OLD.reason, OLD.begun_at) THEN
    RAISE EXCEPTION 'containment: what has ended, and what has begun, does not change' USING ERRCODE = 'CB005';
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION evidence.containment_ends_once() IS 'Trigger: a containment ends once, and nothing else of it changes (CB005).';
CREATE TRIGGER trg_containment_ends_once BEFORE UPDATE OR DELETE ON evidence.containment
  FOR EACH ROW EXECUTE FUNCTION evidence.containment_ends_once();
ALTER TABLE evidence.containment ENABLE ALWAYS TRIGGER trg_containment_ends_once;

CREATE FUNCTION evidence.refuse_contained() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
DECLARE
  brand bigint;
BEGIN
  -- Without a brand row-level security refuses the write, or a superuser does it.
  IF coalesce(current_setting('app.brand_id', true), '') = '' THEN
    RETURN NULL;
  END IF;
  brand := cordon.current_brand_id();
  IF EXISTS (SELECT FROM evidence.containment AS c WHERE c.brand_id = brand AND c.ended_at IS NULL) THEN
    RAISE EXCEPTION 'brand % is contained: % on % is refused', brand, TG_OP, TG_TABLE_NAME USING ERRCODE = 'CB007';
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION evidence.refuse_contained() IS 'Trigger: refuses a write of a brand that is contained (CB007).';

CREATE VIEW evidence.v_written_in_containment WITH (security_invoker = true) AS
SELECT * FROM (VALUES
  ('cordon', 'recovery_audit', 'history'),
  ('cordon', 'player_login', 'history'),
  ('cordon', 'player_session', 'signing in to look, and above all ending sessions'),
  ('cordon', 'player_refresh_token', 'as player_session'),
  ('cordon', 'player_outbox', 'what happened before is still told'),
  ('cordon', 'game_provider_switch', 'a provider can be switched off'),
  ('evidence', 'containment', 'or it could not end'),
  ('evidence', 'log_tile', 'evidence of what stands there'),
  ('evidence', 'log_checkpoint', 'evidence of what stands there'),
  ('security', 'cross_brand_detection', 'history'),
  ('wallet', 'wallet_outbox', 'what happened before is still told'),
  ('wallet', 'wallet_check', 'the money is checked on'),
  ('wallet', 'wallet_check_finding', 'the money is checked on')
) AS t (schema_name, table_name, reason);
COMMENT ON VIEW evidence.v_written_in_containment IS
  'The brand-scoped tables that take writes also of a contained brand, each with its reason. Every other one has trg_containment.';
COMMENT ON COLUMN evidence.v_written_in_containment.schema_name IS 'Schema of the table.';
COMMENT ON COLUMN evidence.v_written_in_containment.table_name IS 'The table.';
COMMENT ON COLUMN evidence.v_written_in_containment.reason IS 'Why it takes them.';
GRANT SELECT ON evidence.v_written_in_containment TO cordon_app, cordon_audit;

CREATE FUNCTION evidence.stop_in_containment(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  -- Once a statement, however many rows it writes.
  EXECUTE format(
    'CREATE TRIGGER trg_containment BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION evidence.refuse_contained()',
    target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER trg_containment', target);
END
$$;
COMMENT ON FUNCTION evidence.stop_in_containment(regclass) IS
  'Makes a brand-scoped table refuse the writes of a contained brand. Every migration that makes such a table calls it, or names the table in v_written_in_containment.';

DO $$
DECLARE
  target regclass;
BEGIN
  FOR target IN
    SELECT format('%I.%I', t.schema_name, t.table_name)::regclass FROM cordon.v_brand_scoped_table AS t
    WHERE NOT EXISTS (
      SELECT FROM evidence.v_written_in_containment AS w WHERE w.schema_name = t.schema_name AND w.table_name = t.table_name)
  LOOP
    PERFORM evidence.stop_in_containment(target);
  END LOOP;
END
$$;

RESET ROLE;
