-- Fields that say something of a person lie encrypted; their keys are never in here. What is: which keys the book has values
-- under, each with a value that only it opens, so that a wrong key is told at once and not field by field.
-- control
create table book_key (
  id text not null,
  proof text not null,
  first_at int8 not null,
  primary key (id)
);

-- Name, phone, e-mail, app and address of a borrower in one sealed value; the five columns are empty where there is one.
alter table borrower add column sealed text;

-- By which equal values are found: a keyed hash of a phone number or a name, bucketed by its own hash.
-- bucketed
create table person_ref (
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  lender int2 not null,
  blind text not null,
  primary key (bucket, blind, owner_bucket, owner_n)
);
