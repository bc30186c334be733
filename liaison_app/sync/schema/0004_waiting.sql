-- The few acts that wait are found without reading a device log.
SET ROLE ld_tables;
CREATE INDEX act_waiting ON ld.act (device) WHERE fate = 'behind';
RESET ROLE;
