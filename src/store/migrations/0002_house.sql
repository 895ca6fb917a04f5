-- A lender's own settings, stricter than its pack: each version in force from its first day until the next one's.
-- reference
create table house (
  lender int2 not null references lender (id),
  from_day int4 not null,
  body text not null,
  sha256 text not null,
  recorded_at int8 not null,
  primary key (lender, from_day)
);
