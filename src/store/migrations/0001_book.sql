-- The book: loans, their facts, what is to be done. Rules for every table: docs/decisions/0003-keys.md.
-- Days are whole days since 1970-01-01, instants milliseconds, money minor units.

-- reference
create table lender (
  id int2 not null,
  code text not null,
  name text not null,
  zone text not null,
  pack text not null,
  -- First business day whose close has not begun: new facts are booked on it or later.
  open_on int4 not null,
  closed_through int4 not null,
  primary key (id),
  unique (code)
);

-- reference
create table product (
  id int2 not null,
  lender int2 not null references lender (id),
  code text not null,
  body text not null,
  primary key (id),
  unique (lender, code)
);

-- reference
create table strategy (
  name text not null,
  version int4 not null,
  from_day int4 not null,
  body text not null,
  sha256 text not null,
  primary key (name, version)
);

-- control
create table import_file (
  lender text not null,
  kind text not null,
  sha256 text not null,
  name text not null,
  recorded_at int8 not null,
  report text not null,
  primary key (lender, kind, sha256)
);

-- bucketed
create table bucket_counter (
  bucket int4 not null,
  borrowers int4 not null,
  primary key (bucket)
  -- Every batch of an import changes most of these few rows: with room in each page they stay where they are.
) with (fillfactor = 10);

-- bucketed
create table borrower (
  bucket int4 not null,
  n int4 not null,
  lender int2 not null,
  loans int2 not null,
  external_id text not null,
  name text,
  phone text,
  email text,
  app text,
  address text,
  zone text,
  language text,
  primary key (bucket, n),
  unique (bucket, lender, external_id)
);

-- Outside loan ids, bucketed by their own hash, so that a payment finds its loan without asking every bucket.
-- bucketed
create table loan_ref (
  bucket int4 not null,
  lender int2 not null,
  external_id text not null,
  loan_bucket int4 not null,
  loan_n int4 not null,
  primary key (bucket, lender, external_id)
);

-- One narrow row a loan, fixed width, wide columns first so that nothing is lost to padding, and those that every close
-- changes side by side, because the log of an update holds the bytes from the first changed to the last. No index on any
-- of these: updates stay in place. On fed loans the money columns hold what was last reported.
-- bucketed
create table loan_state (
  principal int8 not null,
  principal_paid int8 not null,
  interest_paid int8 not null,
  late_units int8 not null,
  late_paid int8 not null,
  bucket int4 not null,
  n int4 not null,
  rate_e8 int4 not null,
  disbursed_on int4 not null,
  first_due_on int4 not null,
  due_on int4 not null,
  late_on int4 not null,
  version int4 not null,
  wake_on int4 not null,
  -- Bits: 0-1 and 9 status, 2 set aside, 3 has a row in loan_extra, 4-8 reach.
  status int2 not null,
  band int2 not null,
  steps_through int2 not null,
  holds int2 not null,
  product int2 not null,
  installments int2 not null,
  primary key (bucket, n)
) partition by range (bucket);

do $$
begin
  for i in 0..63 loop
    execute format(
      'create table loan_state_%s partition of loan_state for values from (%s) to (%s) with (fillfactor = 90)',
      lpad(i::text, 2, '0'), i * 64, (i + 1) * 64
    );
  end loop;
end
$$;

-- bucketed
create table loan_extra (
  bucket int4 not null,
  n int4 not null,
  body text not null,
  primary key (bucket, n)
);

-- The truth. Append-only: the program has no statement that changes or deletes a row.
-- bucketed
create table journal (
  bucket int4 not null,
  n int4 not null,
  seq int4 not null,
  on_day int4 not null,
  recorded_at int8 not null,
  actor int2 not null,
  kind int2 not null,
  payload text not null,
  primary key (bucket, n, seq)
);

-- Facts that are accepted and wait for the close of their day, which moves them into the journal.
-- bucketed
create table inbox (
  recorded_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  on_day int4 not null,
  ord int4 not null,
  -- Of what the fact says: two processes may record for one loan in one millisecond.
  digest int4 not null,
  lender int2 not null,
  actor int2 not null,
  kind int2 not null,
  payload text not null,
  primary key (bucket, n, recorded_at, ord, digest)
);

-- What was accepted once is not accepted again: the id that a fact had outside, and a digest of what it said.
-- bucketed
create table receipt (
  bucket int4 not null,
  n int4 not null,
  digest int4 not null,
  id text not null,
  primary key (bucket, n, id)
);

-- bucketed
create table outbox (
  slot int8 not null,
  -- When a worker took it, or what became of it.
  state_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  on_day int4 not null,
  act int2 not null,
  item int2 not null,
  lender int2 not null,
  -- 0 planned, 1 started, 2 done, 3 cancelled, 4 unknown
  state int2 not null,
  via text not null,
  what text not null,
  strategy text not null,
  pack text not null,
  steps text not null,
  primary key (bucket, n, on_day, act, item)
) with (fillfactor = 90);

-- Fence of a closed chunk and its share of the day's figures.
-- bucketed
create table close_chunk (
  bucket int4 not null,
  bucket_to int4 not null,
  lender int2 not null,
  through int4 not null,
  tallies text not null,
  primary key (bucket, lender, through, bucket_to)
);
