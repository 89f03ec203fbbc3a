SET LOCAL ROLE cordon_owner;

DO $$
BEGIN
  IF EXISTS (SELECT FROM cordon.brand WHERE brand_code <> 'default') THEN
    RAISE EXCEPTION 'refusing to drop the brand catalogue: it holds brands besides the default one';
  END IF;
END
$$;

DROP VIEW cordon.v_brand_scoped_table;
DROP VIEW cordon.v_platform_table;
DROP TABLE cordon.global_var;
DROP TABLE cordon.brand_config;
DROP VIEW cordon.v_brand_config_default;
DROP TABLE cordon.brand_config_default;
DROP TABLE cordon.config_key;
DROP FUNCTION cordon.config_key_release();
DROP FUNCTION cordon.config_key_claim();
DROP TABLE cordon.domain_binding;
DROP TABLE cordon.brand;
DROP FUNCTION cordon.isolate_by_brand(regclass);
REVOKE USAGE ON SCHEMA cordon FROM cordon_detector;
DROP FUNCTION cordon.current_brand_id();
DROP DOMAIN cordon.sha256_digest;
DROP DOMAIN cordon.currency_code;

RESET ROLE;
