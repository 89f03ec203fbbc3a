SET LOCAL ROLE cordon_owner;

DO $$
DECLARE
  target regclass;
BEGIN
  FOR target IN SELECT t.tgrelid::regclass FROM pg_catalog.pg_trigger AS t WHERE t.tgname = 'trg_containment' LOOP
    EXECUTE format('DROP TRIGGER trg_containment ON %s', target);
  END LOOP;
END
$$;
DROP FUNCTION evidence.stop_in_containment(regclass);
DROP VIEW evidence.v_written_in_containment;
DROP FUNCTION evidence.refuse_contained();
DROP TABLE evidence.containment;
DROP FUNCTION evidence.containment_ends_once();

RESET ROLE;
