-- Where a lender wants to be told of what happened, and each thing that is told to each of them.
-- control
create table webhook_endpoint (
  id text not null,
  lender int2 not null,
  url text not null,
  -- Names of events, with a space between; `*` for all.
  events text not null,
  -- active, disabled, gone
  state text not null,
  secret text not null,
  -- Signs too until then, while its owner changes keys.
  old_secret text,
  old_until int8,
  created_by text not null,
  created_at int8 not null,
  -- Facts recorded before this instant were looked at.
  seen_until int8 not null,
  primary key (id)
);

-- control
create table webhook_delivery (
  endpoint text not null,
  -- Of the event: the same for every endpoint and every try.
  id text not null,
  kind text not null,
  body text not null,
  -- waiting, delivered, dead
  state text not null,
  tries int4 not null,
  next_at int8 not null,
  created_at int8 not null,
  last_at int8,
  last_status int4,
  last_says text,
  primary key (endpoint, id)
);

create index webhook_delivery_due on webhook_delivery (next_at) where state = 'waiting';

-- What was recorded lately is found without reading the journal: rows lie about in the order in which they came. Costs a few
-- bytes for every thousand rows, and a close nothing.
create index journal_recorded on journal using brin (bucket, recorded_at) with (pages_per_range = 64);
