-- Who may sign in, with what, and until when. No secret can be read from here but the key of a one-time-code app, which
-- must be computed with: links, sessions and tokens of programs stand as hashes, passwords as argon2id.
-- control
create table staff (
  -- Name at sign-in, in lower case; never given to another person.
  id text not null,
  lender int2 not null,
  role text not null,
  name text not null,
  -- The agency, law firm, collector or borrower that he is or works for.
  party text,
  active int2 not null,
  password text,
  totp text,
  -- Step of the last one-time code that was taken: none is taken twice.
  totp_step int8,
  created_at int8 not null,
  changed_at int8 not null,
  primary key (id)
);

-- control
create table sign_in_link (
  hash text not null,
  staff text not null,
  by_whom text not null,
  -- 'set-up': only for setting how he signs in; 'whole': as if he had signed in.
  purpose text not null,
  expires_at int8 not null,
  used_at int8,
  primary key (hash)
);

-- control
create table staff_session (
  hash text not null,
  -- By which it is listed and ended; no way in.
  id text not null,
  staff text not null,
  how text not null,
  created_at int8 not null,
  seen_at int8 not null,
  ends_at int8 not null,
  primary key (hash),
  unique (id)
);

-- Tries at a name from one network, whether or not anybody has that name: both look the same from outside.
-- control
create table sign_in_try (
  who text not null,
  failed int4 not null,
  last_at int8 not null,
  wait_until int8 not null,
  primary key (who)
);

-- control
create table api_token (
  id text not null,
  hash text not null,
  lender int2 not null,
  name text not null,
  -- Scopes, as JSON.
  scopes text not null,
  created_by text not null,
  created_at int8 not null,
  expires_at int8 not null,
  revoked_at int8,
  primary key (id)
);
