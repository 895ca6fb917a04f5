-- What borrowers ask for: complaints, requests for help, wishes. What the borrower's journal says of each, in one row.
-- bucketed
create table request (
  at int8 not null,
  state_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  -- The loan whose closes watch its days.
  loan_n int4 not null,
  received_on int4 not null,
  -- Last day of what somebody has to do next; none where null.
  next_on int4,
  lender int2 not null,
  -- complaint, hardship, wish
  sort int2 not null,
  state int2 not null,
  -- What a complaint is about, or what is wished.
  about text not null,
  id text not null,
  loans text not null,
  primary key (bucket, n, id)
);

-- Requests by their references and by the ids of outside registers, each bucketed by the hash of what is looked for.
-- bucketed
create table request_ref (
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  lender int2 not null,
  ref text not null,
  id text not null,
  primary key (bucket, lender, ref)
);
