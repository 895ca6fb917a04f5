-- How borrowers come in: a code that went to the phone on file, and devices that they asked to be remembered. Codes and
-- devices stand as hashes; a ticket is written whether or not anybody has the number, so that both look the same.
-- control
create table portal_code (
  -- Hash of what the browser holds.
  ticket text not null,
  code text not null,
  -- Whose it is: [lender's code, borrower's id at it], as JSON; empty where nobody has that name and number.
  people text not null,
  tries int2 not null,
  expires_at int8 not null,
  used_at int8,
  primary key (ticket)
);

-- control
create table portal_device (
  hash text not null,
  staff text not null,
  created_at int8 not null,
  ends_at int8 not null,
  primary key (hash)
);

-- Whoever asks for a code is found by his number, in each bucket.
create index borrower_phone on borrower (bucket, phone) where phone is not null;
