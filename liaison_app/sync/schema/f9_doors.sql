-- The only doors: what a desk's role and a newcomer's role may call.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ld FROM PUBLIC, ld_desk, ld_newcomer;
GRANT EXECUTE ON FUNCTION ld.push, ld.pull, ld.pull_packed, ld.open_cases_packed, ld.withdraw, ld.put_piece, ld.get_piece, ld.lease, ld.reveal, ld.open_cases, ld.status, ld.show_key,
    ld.enrol_person, ld.change_password TO ld_desk;
GRANT EXECUTE ON FUNCTION ld.enrol TO ld_newcomer;
