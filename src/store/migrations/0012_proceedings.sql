-- Proceedings before courts and mediators: what the borrower's journal says of each, in one row.
-- bucketed
create table proceeding (
  state_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  -- The loan whose closes watch its days.
  loan_n int4 not null,
  opened_on int4 not null,
  lender int2 not null,
  way int2 not null,
  state int2 not null,
  id text not null,
  court text not null,
  loans text not null,
  case_number text,
  firm text,
  engagement text,
  lawyer text,
  primary key (bucket, n, id)
);

-- Proceedings by their own id and by the courts' numbers, each bucketed by the hash of what is looked for.
-- bucketed
create table proceeding_ref (
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  lender int2 not null,
  ref text not null,
  id text not null,
  primary key (bucket, lender, ref)
);
