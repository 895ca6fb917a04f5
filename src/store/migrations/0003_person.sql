-- What was recorded of a borrower as a person, contacts apart, side by side as his journal holds it: so that a close or a
-- dispatch reads one row and not years of his journal. Only borrowers of whom something was recorded have one.
-- bucketed
create table person (
  bucket int4 not null,
  n int4 not null,
  lender int2 not null,
  facts text not null,
  primary key (bucket, n)
);
