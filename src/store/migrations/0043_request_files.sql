-- Whose documents a kept file is, of those that were added to complaints and requests: bucketed by the file, so that an erasure finds at once
-- whether somebody else's request has the same bytes.
-- bucketed
create table request_file (
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  sha256 text not null,
  primary key (bucket, sha256, owner_bucket, owner_n)
);
