-- When somebody last came in, for whoever looks after the users; null until the first time.
alter table staff add column signed_in_at int8;

create index staff_session_staff on staff_session (staff);
