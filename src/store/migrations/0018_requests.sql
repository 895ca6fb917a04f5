-- What requests leave behind: answers that are given again to the same request, what a second person has to agree to, and
-- long work with its progress.
-- control
create table kept_answer (
  who text not null,
  key text not null,
  -- Of method, address and body: the same key with another request is refused.
  digest text not null,
  at int8 not null,
  -- None while it is being worked on.
  status int4,
  body text,
  primary key (who, key)
);

-- control
create table approval (
  id text not null,
  lender int2 not null,
  what text not null,
  -- The loan, borrower or version that it is about.
  subject text not null,
  -- All that is needed to do it, as JSON, as it was proposed.
  body text not null,
  reason text not null,
  proposed_by text not null,
  proposed_at int8 not null,
  expires_at int8 not null,
  -- proposed, approved, refused
  state text not null,
  decided_by text,
  decided_at int8,
  remark text,
  result text,
  primary key (id)
);

-- control
create table job (
  id text not null,
  lender int2 not null,
  kind text not null,
  -- What was asked for, as JSON.
  asked text not null,
  by_whom text not null,
  -- running, done, failed
  state text not null,
  started_at int8 not null,
  ended_at int8,
  result text,
  primary key (id)
);
