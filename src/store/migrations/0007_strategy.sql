-- What was done with a version of a strategy, by whom and when: 'proposed', 'released' by a second person, 'shipped' where
-- an import took it from the program as it comes, 'withdrawn'. The last one says whether closes use it.
-- reference
create table strategy_event (
  name text not null,
  version int4 not null,
  n int4 not null,
  what text not null,
  by_whom text not null,
  at int8 not null,
  remark text not null,
  primary key (name, version, n),
  foreign key (name, version) references strategy (name, version)
);

-- Versions that a book already has were taken in by its imports, which knew no releases.
insert into strategy_event (name, version, n, what, by_whom, at, remark)
select name, version, 1, 'shipped', 'import', 0, 'taken in before releases were recorded' from strategy;

-- How often a loan was late before stands in three bits of its status from now on: the cures that its journal holds.
update loan_state l set status = (l.status | (least(c.cures, 7) << 10))::int2
from (select bucket, n, count(*)::int4 as cures from journal where kind = 21 group by bucket, n) c
where l.bucket = c.bucket and l.n = c.n;
