SET LOCAL ROLE cordon_owner;

DROP FUNCTION cordon.row_brand(text, text);
REVOKE ALL (brand_id, request_id) ON wallet.wallet_command FROM cordon_detector;
REVOKE ALL (brand_id, transaction_id) ON wallet.wallet_transaction FROM cordon_detector;
REVOKE ALL (brand_id, player_id) ON cordon.player FROM cordon_detector;
REVOKE ALL (brand_id) ON cordon.brand FROM cordon_detector;
DROP POLICY detector_reads_keys ON wallet.wallet_command;
DROP POLICY detector_reads_keys ON wallet.wallet_transaction;
DROP POLICY detector_reads_keys ON cordon.player;
DROP TABLE security.cross_brand_detection;
REVOKE USAGE ON SCHEMA wallet, security FROM cordon_detector;

RESET ROLE;
