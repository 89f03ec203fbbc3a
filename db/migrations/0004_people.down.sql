SET LOCAL ROLE cordon_owner;

DROP TABLE cordon.staff_brand;
DROP TABLE cordon.staff;
DROP TABLE cordon.player_outbox;
DROP TABLE cordon.player_login;
DROP TABLE cordon.player_refresh_token;
DROP TABLE cordon.player_session;
DROP TABLE cordon.player;

RESET ROLE;
