SET LOCAL ROLE cordon_owner;

DROP TRIGGER trg_game_callback_dead_letter_transition ON cordon.game_callback_dead_letter;
DROP FUNCTION cordon.game_callback_dead_letter_transition();
ALTER TABLE cordon.game_callback_dead_letter
  DROP COLUMN abandoned_at,
  DROP COLUMN received_at,
  DROP COLUMN content_type,
  DROP COLUMN path,
  DROP COLUMN method,
  DROP COLUMN operation,
  DROP COLUMN letter_id;
COMMENT ON COLUMN cordon.game_callback_dead_letter.headers IS 'The headers that the signature and the provider''s protocol need.';
COMMENT ON COLUMN cordon.game_callback_dead_letter.created_at IS 'When it came.';

RESET ROLE;
