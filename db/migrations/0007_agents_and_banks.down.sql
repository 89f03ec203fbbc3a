SET LOCAL ROLE cordon_owner;

DROP TABLE cordon.bank_card;
DROP TABLE cordon.bank_card_group;
DROP TABLE cordon.bank;
DROP TABLE cordon.agent_domain;
DROP TABLE cordon.agent_setting;
DROP TABLE cordon.agent_brand;
DROP INDEX cordon.domain_binding_agent_id_idx;
ALTER TABLE cordon.domain_binding DROP CONSTRAINT domain_binding_agent_id_fkey;
DROP TABLE cordon.agent;

RESET ROLE;
