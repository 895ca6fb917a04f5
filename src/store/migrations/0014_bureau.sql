-- The credit record: how each loan stood at each month's end, what was reported of it, and what was said about it.

-- A lender's loans of one bucket at one month's end, packed side by side: sign, days past due, class and sums of each, in order of
-- their numbers. A row for each loan would weigh ten times as much, and hardly anybody reads one alone.
-- bucketed
create table bureau_month (
  bucket int4 not null,
  month int4 not null,
  lender int2 not null,
  loans bytea not null,
  primary key (bucket, lender, month)
);

-- Fence of a run of buckets whose month end was taken, and its share of the figures: as JSON.
-- bucketed
create table bureau_chunk (
  bucket int4 not null,
  bucket_to int4 not null,
  month int4 not null,
  lender int2 not null,
  tally text not null,
  primary key (bucket, lender, month, bucket_to)
);

-- What was recorded of a borrower's entries in the record, side by side as his journal holds it, so that a month end reads one row.
-- Only borrowers of whom something was recorded have one.
-- bucketed
create table bureau_note (
  bucket int4 not null,
  n int4 not null,
  lender int2 not null,
  facts text not null,
  -- Ids of corrections and deletions that a report has carried: as JSON.
  told text not null,
  primary key (bucket, n)
);

-- Report files, numbered by lender; what each holds in sums, and the hash of its bytes.
-- control
create table bureau_report (
  made_at int8 not null,
  lender int2 not null,
  report int4 not null,
  month int4 not null,
  accounts int4 not null,
  format text not null,
  made_by text not null,
  totals text not null,
  sha256 text not null,
  primary key (lender, report)
);

-- Which loans of a bucket a report told of: packed.
-- bucketed
create table bureau_told (
  bucket int4 not null,
  month int4 not null,
  report int4 not null,
  lender int2 not null,
  loans bytea not null,
  primary key (bucket, lender, month, report)
);
