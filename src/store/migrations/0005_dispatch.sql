-- Who sends for the borrowers of a bucket now: one worker at a time, so that each borrower's actions keep their order.
-- One that has not given it back by `until` is taken for dead. 0 is free.
-- bucketed
create table dispatch_lease (
  until int8 not null,
  bucket int4 not null,
  worker text not null,
  primary key (bucket)
  -- Each batch changes a few of these rows twice: with room in each page they stay where they are.
) with (fillfactor = 10);

insert into dispatch_lease (until, bucket, worker) select 0, bucket, '' from generate_series(0, 4095) as bucket;

-- Channels that were tried for an action and said no, in order; null while there are none. State 5: the last of them said no too.
alter table outbox add column tried text;
