-- What waits is taken in the order in which it came. `ord` counted the facts of one write and began anew with the next, so that two
-- writes of one millisecond stood in no fixed order. It counts the facts of one loan and one millisecond now, over all writes, and
-- the key sees to it that no two have one number. What waits already keeps its order; where two stood equal the digest decides, once.
alter table inbox drop constraint inbox_pkey;

update inbox i set ord = a.arrival from (
  select bucket, n, recorded_at, ord, digest,
    row_number() over (partition by bucket, n, recorded_at order by ord, digest) - 1 as arrival
  from inbox
) a where i.bucket = a.bucket and i.n = a.n and i.recorded_at = a.recorded_at and i.ord = a.ord and i.digest = a.digest;

alter table inbox add primary key (bucket, n, recorded_at, ord);
alter table inbox drop column digest;
