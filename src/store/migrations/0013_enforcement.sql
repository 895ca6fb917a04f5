-- Enforcements of judgments as their facts in the borrower's journal leave them: to be listed without reading journals. `state`, `listing`
-- and `consumption` are numbers of the program's lists; `entries` counts what was written, and names the days that the closes watch.
-- bucketed
create table enforcement (
  applied_at int8 not null,
  state_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  -- The loan's own number.
  loan_n int4 not null,
  entries int4 not null,
  lender int2 not null,
  state int2 not null,
  listing int2 not null,
  consumption int2 not null,
  id text not null,
  loan text not null,
  court text not null,
  -- The court's number of the enforcement, once it has one.
  number text,
  primary key (bucket, n, id)
);

-- Whose an enforcement is, bucketed by the hash of its id.
-- bucketed
create table enforcement_ref (
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  ref text not null,
  primary key (bucket, ref)
);
