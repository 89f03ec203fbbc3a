-- "Does this row exist under another brand?" is the one question whose answer crosses the wall. One function answers it,
-- with a brand number and nothing else, and every answer that is not "no" leaves a row behind.
--
-- The function belongs to cordon_detector, a role nobody can log in as, which may read exactly the key columns below.

SET LOCAL ROLE cordon_owner;

CREATE TABLE security.cross_brand_detection (
  brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  detection_id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  key text NOT NULL,
  found_brand_id bigint NOT NULL REFERENCES cordon.brand (brand_id),
  database_role text NOT NULL DEFAULT session_user,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (brand_id, detection_id),
  CHECK (found_brand_id <> brand_id)
);
SELECT cordon.isolate_by_brand('security.cross_brand_detection');
COMMENT ON TABLE security.cross_brand_detection IS
  'Each time row_brand found a row under another brand. Written in the asker''s transaction: one that rolls back afterwards leaves only its log line.';
COMMENT ON COLUMN security.cross_brand_detection.brand_id IS 'Brand that asked.';
COMMENT ON COLUMN security.cross_brand_detection.detection_id IS 'Ascending number of the row.';
COMMENT ON COLUMN security.cross_brand_detection.kind IS 'What was looked for: player, wallet_transaction or wallet_command.';
COMMENT ON COLUMN security.cross_brand_detection.key IS 'Its key as asked: player_id, transaction_id or request_id.';
COMMENT ON COLUMN security.cross_brand_detection.found_brand_id IS 'Brand that has it.';
COMMENT ON COLUMN security.cross_brand_detection.database_role IS 'Login that asked.';
COMMENT ON COLUMN security.cross_brand_detection.created_at IS 'When.';

CREATE POLICY detector_reads_keys ON cordon.player FOR SELECT TO cordon_detector USING (true);
CREATE POLICY detector_reads_keys ON wallet.wallet_transaction FOR SELECT TO cordon_detector USING (true);
CREATE POLICY detector_reads_keys ON wallet.wallet_command FOR SELECT TO cordon_detector USING (true);
GRANT USAGE ON SCHEMA wallet, security TO cordon_detector;
GRANT SELECT (brand_id) ON cordon.brand TO cordon_detector;
GRANT SELECT (brand_id, player_id) ON cordon.player TO cordon_detector;
GRANT SELECT (brand_id, transaction_id) ON wallet.wallet_transaction TO cordon_detector;
GRANT SELECT (brand_id, request_id) ON wallet.wallet_command TO cordon_detector;
GRANT INSERT ON security.cross_brand_detection TO cordon_detector;

CREATE FUNCTION cordon.row_brand(kind text, key text) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  own_brand bigint := cordon.current_brand_id();
  owners bigint[];
BEGIN
  -- Through the catalogue, so that every probe is an index probe with its brand; request ids have an index of their own,
  -- because the wallet asks about one with each new command.
  CASE kind
    WHEN 'wallet_command' THEN
      SELECT array_agg(c.brand_id ORDER BY c.brand_id) INTO owners
      FROM wallet.wallet_command AS c
      WHERE c.request_id = key;
    WHEN 'player' THEN
      IF key ~ '^[1-9][0-9]{0,17}$' THEN
        SELECT array_agg(p.brand_id ORDER BY p.brand_id) INTO owners
        FROM cordon.brand AS b
        JOIN cordon.player AS p ON p.brand_id = b.brand_id AND p.player_id = key::bigint;
      END IF;
    WHEN 'wallet_transaction' THEN
      IF key ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        SELECT array_agg(t.brand_id ORDER BY t.brand_id) INTO owners
        FROM cordon.brand AS b
        JOIN wallet.wallet_transaction AS t ON t.brand_id = b.brand_id AND t.transaction_id = key::uuid;
      END IF;
    ELSE
      RAISE EXCEPTION 'row_brand does not look for %', kind USING ERRCODE = 'invalid_parameter_value';
  END CASE;

  IF owners IS NULL OR own_brand = ANY (owners) THEN
    RETURN NULL;
  END IF;
  INSERT INTO security.cross_brand_detection (brand_id, kind, key, found_brand_id) VALUES (own_brand, kind, key, owners[1]);
  RETURN owners[1];
END
$$;
COMMENT ON FUNCTION cordon.row_brand(text, text) IS
  'Brand that has the row of this kind (player, wallet_transaction, wallet_command) and key, when it is not the brand of this transaction; NULL when this brand has it or nobody does. Each hit is recorded in security.cross_brand_detection, so it refuses read-only transactions.';
GRANT EXECUTE ON FUNCTION cordon.row_brand(text, text) TO cordon_app;

-- A function can only be given to a role that may create in its schema.
GRANT CREATE ON SCHEMA cordon TO cordon_detector;
ALTER FUNCTION cordon.row_brand(text, text) OWNER TO cordon_detector;
REVOKE CREATE ON SCHEMA cordon FROM cordon_detector;

GRANT SELECT ON security.cross_brand_detection TO cordon_app, cordon_audit;

RESET ROLE;
