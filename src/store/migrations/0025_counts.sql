-- Figures of each business day, added up as they happen, so that a page of figures reads no loan. What `x` and `y` of each
-- kind mean stands in docs/reference/analytics.md.

-- One figure of a day, product and run of buckets (the first of them): sums over the runs are the book's.
-- bucketed
create table count_day (
  n int8 not null,
  amount int8 not null,
  bucket int4 not null,
  on_day int4 not null,
  product int2 not null,
  what text not null,
  x text not null,
  y text not null,
  primary key (bucket, on_day, product, what, x, y)
) with (fillfactor = 90);

-- The same of a month: where loans stood when it began and where they stand now.
-- bucketed
create table count_roll (
  n int8 not null,
  amount int8 not null,
  bucket int4 not null,
  month int4 not null,
  product int2 not null,
  from_cell int2 not null,
  to_cell int2 not null,
  primary key (bucket, month, product, from_cell, to_cell)
) with (fillfactor = 90);

-- A loan that changed its band in a month: one row a loan and month, however often.
-- bucketed
create table band_month (
  -- Outstanding principal when it first left where it stood.
  principal int8 not null,
  bucket int4 not null,
  month int4 not null,
  n int4 not null,
  -- The day of its last cure in the month.
  cured_on int4,
  product int2 not null,
  from_cell int2 not null,
  to_cell int2 not null,
  primary key (bucket, month, n)
) with (fillfactor = 90);

-- The first day on which a loan was more than 30, and more than 90, days past due.
-- bucketed
create table ever_late (
  principal int8 not null,
  bucket int4 not null,
  level int2 not null,
  n int4 not null,
  on_day int4 not null,
  disbursed_on int4 not null,
  product int2 not null,
  primary key (bucket, level, n)
);

-- A book that is in use already is counted from here on: what stands in it, as at its last close.
insert into count_day (n, amount, bucket, on_day, product, what, x, y)
select count(*), sum(s.principal - s.principal_paid), s.bucket - s.bucket % 256, l.closed_through, s.product, 'stock', s.cell, ''
from (select bucket, product, principal, principal_paid,
        case when (status & 515) = 2 then '-3' else band::text end as cell
      from loan_state where band <> -1) s
join product p on p.id = s.product join lender l on l.id = p.lender
group by s.bucket - s.bucket % 256, l.closed_through, s.product, s.cell;

-- What was booked before, by the month of its pay-out: what vintages are shares of.
insert into count_day (n, amount, bucket, on_day, product, what, x, y)
select count(*), sum(s.principal), s.bucket - s.bucket % 256, l.closed_through, s.product, 'booked',
  (extract(year from date '1970-01-01' + s.disbursed_on)::int4 * 12
   + extract(month from date '1970-01-01' + s.disbursed_on)::int4 - 1)::text, ''
from loan_state s join product p on p.id = s.product join lender l on l.id = p.lender
group by s.bucket - s.bucket % 256, l.closed_through, s.product, 7;

-- Those that were late already are told from their journals, by the day of the fact; of their principal only what is
-- outstanding now is at hand.
insert into ever_late (principal, bucket, level, n, on_day, disbursed_on, product)
select s.principal - s.principal_paid, s.bucket, e.level, s.n, e.on_day, s.disbursed_on, s.product
from (select j.bucket, j.n, v.level, min(j.on_day) as on_day
      from journal j cross join (values (30::int2), (90::int2)) v(level)
      where j.kind = 20 and substring(j.payload from '"dpd":(-?[0-9]+)')::int4 > v.level
      group by j.bucket, j.n, v.level) e
join loan_state s on s.bucket = e.bucket and s.n = e.n;

insert into count_day (n, amount, bucket, on_day, product, what, x, y)
select count(*), sum(e.principal), e.bucket - e.bucket % 256, e.on_day, e.product, 'ever-' || e.level, d.disbursed::text, (d.late - d.disbursed)::text
from ever_late e,
  lateral (select
    extract(year from date '1970-01-01' + e.disbursed_on)::int4 * 12 + extract(month from date '1970-01-01' + e.disbursed_on)::int4 - 1 as disbursed,
    extract(year from date '1970-01-01' + e.on_day)::int4 * 12 + extract(month from date '1970-01-01' + e.on_day)::int4 - 1 as late) d
group by e.bucket - e.bucket % 256, e.on_day, e.product, e.level, d.disbursed, d.late;
