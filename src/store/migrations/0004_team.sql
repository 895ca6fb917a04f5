-- The collection team: who calls, who holds which case, and the agencies with which loans are placed.
-- reference
create table collector (
  lender int2 not null references lender (id),
  id text not null,
  name text not null,
  team text not null,
  -- languages, products, stages, lead: as JSON.
  skills text not null,
  -- Cases a day; none where null.
  capacity int4,
  active int2 not null,
  primary key (lender, id)
);

-- Cases that a collector ended on a day, against his capacity.
-- control
create table collector_day (
  lender int2 not null,
  collector text not null,
  on_day int4 not null,
  claimed int4 not null,
  done int4 not null,
  primary key (lender, collector, on_day)
);

-- One row a borrower whose case somebody holds: nobody else takes it before the instant.
-- bucketed
create table claim (
  until_at int8 not null,
  taken_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  on_day int4 not null,
  act int2 not null,
  item int2 not null,
  lender int2 not null,
  collector text not null,
  primary key (bucket, n)
);

-- reference
create table agency (
  lender int2 not null references lender (id),
  name text not null,
  role text not null,
  -- contacts, lawyer, licence, listed, evaluated and trained days: as JSON.
  body text not null,
  active int2 not null,
  primary key (lender, name)
);

-- What an agency may be given: dates, commission, segments, how many.
-- reference
create table mandate (
  lender int2 not null,
  id text not null,
  agency text not null,
  from_day int4 not null,
  -- Last day; open where null.
  to_day int4,
  body text not null,
  primary key (lender, id)
);

-- Addresses of a borrower that turned out not to be his, as JSON: a file that names one again does not bring it back.
alter table borrower add column dropped text;
