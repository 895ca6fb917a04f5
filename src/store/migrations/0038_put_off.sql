-- Cases that a collector put off: nobody is given them before the instant. One that is given again has no row.
-- bucketed
create table put_off (
  bucket int4 not null,
  n int4 not null,
  on_day int4 not null,
  act int2 not null,
  item int2 not null,
  until_at int8 not null,
  primary key (bucket, n, on_day, act, item)
);
