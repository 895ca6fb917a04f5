-- The lawyer's letter: firms, their lawyers, engagements, cases, letters, and the lender's documents on a loan.
-- reference
create table firm (
  lender int2 not null references lender (id),
  id text not null,
  -- name, licence, address, phone, email, how letters are numbered: as JSON.
  body text not null,
  active int2 not null,
  primary key (lender, id)
);

-- reference
create table firm_lawyer (
  lender int2 not null references lender (id),
  firm text not null,
  id text not null,
  name text not null,
  licence text not null,
  valid_from int4 not null,
  -- Last day; open where null.
  valid_to int4,
  active int2 not null,
  primary key (lender, firm, id)
);

-- reference
create table engagement (
  lender int2 not null references lender (id),
  id text not null,
  firm text not null,
  signed_on int4 not null,
  from_day int4 not null,
  -- Last day; open where null.
  to_day int4,
  -- scope, fee, lawyers: as JSON.
  body text not null,
  primary key (lender, id)
);

-- What the lender says of its letters: ways to pay, objections, phone, least sum, how long a letter may wait: as JSON.
-- reference
create table letter_terms (
  lender int2 not null references lender (id),
  body text not null,
  primary key (lender)
);

-- How many letters a firm numbered in a year.
-- control
create table letter_number (
  lender int2 not null,
  firm text not null,
  year int2 not null,
  last int4 not null,
  primary key (lender, firm, year)
);

-- A loan that was offered to a firm; one row a case, as its facts leave it.
-- bucketed
create table legal_case (
  offered_at int8 not null,
  state_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  -- The loan's own number.
  loan_n int4 not null,
  lender int2 not null,
  state int2 not null,
  id text not null,
  loan text not null,
  firm text not null,
  engagement text not null,
  batch text not null,
  lawyer text,
  primary key (bucket, n, id)
);

-- A letter as its facts leave it. What it says of a person stands here and not in the journal, which holds its hash.
-- bucketed
create table letter (
  state_at int8 not null,
  handed_over_at int8,
  bucket int4 not null,
  n int4 not null,
  dated int4 not null,
  answer_by int4 not null,
  lender int2 not null,
  state int2 not null,
  id text not null,
  number text not null,
  kind text not null,
  firm text not null,
  engagement text not null,
  lawyer text not null,
  code text not null,
  loans text not null,
  -- The contact by which it was handed over.
  action text,
  -- The letter as data, the hash of which its draft fact holds.
  body text not null,
  -- SHA-256 of the signed file.
  file text,
  -- What the signature says of itself: as JSON.
  signature text,
  primary key (bucket, n, id)
);

-- Letters by their own id and by the code that is printed on them, each bucketed by the hash of what is looked for.
-- bucketed
create table letter_ref (
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  ref text not null,
  id text not null,
  primary key (bucket, ref)
);

-- Documents of the lender on a loan: what it is, and the hash of its bytes.
-- bucketed
create table loan_document (
  registered_at int8 not null,
  bucket int4 not null,
  n int4 not null,
  bytes int4 not null,
  kind text not null,
  name text not null,
  sha256 text not null,
  registered_by text not null,
  primary key (bucket, n, sha256, kind)
);

-- Files by the hash of their bytes, bucketed by it: signed letters, and the documents registered above.
-- bucketed
create table kept_file (
  kept_at int8 not null,
  bucket int4 not null,
  sha256 text not null,
  bytes bytea not null,
  primary key (bucket, sha256)
);
