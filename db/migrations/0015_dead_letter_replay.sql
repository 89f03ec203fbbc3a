-- What the replay of a game callback needs besides its bytes, and a status that moves one way.

SET LOCAL ROLE cordon_owner;

ALTER TABLE cordon.game_callback_dead_letter
  ADD COLUMN letter_id uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN operation text NOT NULL DEFAULT '',
  ADD COLUMN method text NOT NULL DEFAULT 'POST',
  ADD COLUMN path text NOT NULL DEFAULT '',
  ADD COLUMN content_type text,
  ADD COLUMN received_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN abandoned_at timestamptz;
UPDATE cordon.game_callback_dead_letter SET received_at = created_at;
UPDATE cordon.game_callback_dead_letter SET abandoned_at = created_at WHERE replay_status = 'abandoned';
ALTER TABLE cordon.game_callback_dead_letter
  ADD CONSTRAINT game_callback_dead_letter_letter_id_key UNIQUE (letter_id),
  ADD CONSTRAINT game_callback_dead_letter_abandoned_check CHECK ((replay_status = 'abandoned') = (abandoned_at IS NOT NULL));
COMMENT ON COLUMN cordon.game_callback_dead_letter.letter_id IS
  'The callback; chosen by whoever takes it in, so that taking it in twice (at once, and from the spool) is one row.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.operation IS 'What the provider asked for: the path behind its name.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.method IS 'HTTP method.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.path IS 'Path and query as they came.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.content_type IS 'Content-Type as it came.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.received_at IS 'When it came.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.abandoned_at IS 'When an operator gave it up; the same moment as its row of admin_audit.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.created_at IS 'When it was written here: later than received_at when it waited in the spool.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.headers IS
  'Headers by lower-case name. Those that may carry a signature, token or password have a digest in place of the value.';

CREATE FUNCTION cordon.game_callback_dead_letter_transition() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog
AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.replay_status = 'pending' THEN
      RAISE EXCEPTION 'game_callback_dead_letter: % is pending; replay or abandon it', OLD.id USING ERRCODE = 'CB003';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.replay_status <> 'pending' THEN
      RAISE EXCEPTION 'game_callback_dead_letter: a letter begins as pending' USING ERRCODE = 'CB003';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.letter_id, NEW.provider, NEW.operation, NEW.method, NEW.path, NEW.outbound_account, NEW.payload_json, NEW.raw_body,
      NEW.content_type, NEW.headers, NEW.reason, NEW.request_id, NEW.received_at, NEW.created_at)
    IS DISTINCT FROM (OLD.id, OLD.letter_id, OLD.provider, OLD.operation, OLD.method, OLD.path, OLD.outbound_account, OLD.payload_json,
      OLD.raw_body, OLD.content_type, OLD.headers, OLD.reason, OLD.request_id, OLD.received_at, OLD.created_at) THEN
    RAISE EXCEPTION 'game_callback_dead_letter: what came stays as it came' USING ERRCODE = 'CB003';
  END IF;
  IF OLD.replay_status <> 'pending' AND (NEW.replay_status, NEW.replayed_at, NEW.replay_request_id, NEW.abandoned_at)
    IS DISTINCT FROM (OLD.replay_status, OLD.replayed_at, OLD.replay_request_id, OLD.abandoned_at) THEN
    RAISE EXCEPTION 'game_callback_dead_letter: % is %, and stays so', OLD.id, OLD.replay_status USING ERRCODE = 'CB003';
  END IF;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION cordon.game_callback_dead_letter_transition() IS
  'Trigger: a letter goes from pending to replayed or abandoned, once, and what came stays as it came. Refusals have SQLSTATE CB003.';
CREATE TRIGGER trg_game_callback_dead_letter_transition BEFORE INSERT OR UPDATE OR DELETE ON cordon.game_callback_dead_letter
  FOR EACH ROW EXECUTE FUNCTION cordon.game_callback_dead_letter_transition();

GRANT UPDATE (abandoned_at) ON cordon.game_callback_dead_letter TO cordon_app;

RESET ROLE;
