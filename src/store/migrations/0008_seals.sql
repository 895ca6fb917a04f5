-- Seals of the journal: docs/reference/seals.md. Nothing here changes a row of the journal.

-- One row: the size of the log of batches and the right edge of its tree. Whoever seals holds it locked.
-- control
create table seal_log (
  id int2 not null,
  size int4 not null,
  edge text not null,
  primary key (id)
);

insert into seal_log (id, size, edge) values (1, 0, '');

-- The log's entries. `head` is the root of the log with this entry as its last.
-- control
create table seal_batch (
  n int4 not null,
  sealed_at int8 not null,
  facts int8 not null,
  parts int4 not null,
  root text not null,
  head text not null,
  primary key (n)
);

-- A bucket's share of a batch: which facts, packed as runs of a key's facts; the root over them; and the first four bytes of
-- each one's hash, so that of many the one that was changed can be named.
-- bucketed
create table seal_part (
  bucket int4 not null,
  batch int4 not null,
  facts int4 not null,
  root text not null,
  members bytea not null,
  checks bytea not null,
  primary key (bucket, batch)
);

-- How far each key of a bucket is sealed, packed: what its parts leave.
-- bucketed
create table seal_mark (
  bucket int4 not null,
  marks bytea not null,
  primary key (bucket)
);

-- The salt of each sealed fact that says something of a person. Without it nobody can tell what stood there.
-- bucketed
create table seal_salt (
  bucket int4 not null,
  n int4 not null,
  seq int4 not null,
  salt bytea not null,
  primary key (bucket, n, seq)
);

-- Heads that were handed outside, and time-stamps of them where an authority gave one.
-- control
create table seal_handed (
  size int4 not null,
  handed_at int8 not null,
  how text not null,
  token bytea,
  primary key (size, handed_at, how)
);
