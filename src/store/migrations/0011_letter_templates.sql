-- Word templates of law firms, each version as it was uploaded. A version is used once a second person released it.
-- reference
create table letter_template (
  name text not null,
  version int4 not null,
  body bytea not null,
  sha256 text not null,
  tags text not null,
  primary key (name, version)
);

-- What was done with a version, by whom and when: 'proposed', then 'released' by somebody else, or 'withdrawn'.
-- reference
create table letter_template_event (
  name text not null,
  version int4 not null,
  n int4 not null,
  what text not null,
  by_whom text not null,
  at int8 not null,
  remark text not null,
  primary key (name, version, n),
  foreign key (name, version) references letter_template (name, version)
);
