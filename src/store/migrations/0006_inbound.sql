-- Addresses that something was sent to, each bucketed by its own hash: who wrote back is found without asking every bucket.
-- One address can be several borrowers'. Numbers stand in plain digits, mail addresses in small letters.
-- bucketed
create table address_ref (
  last_at int8 not null,
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  via text not null,
  address text not null,
  -- As it is on file, and as steps name it.
  written text not null,
  primary key (bucket, address, owner_bucket, owner_n)
);

-- Ids that carriers gave to messages, bucketed by their own hash: a report names the message by it.
-- bucketed
create table contact_ref (
  recorded_at int8 not null,
  bucket int4 not null,
  owner_bucket int4 not null,
  owner_n int4 not null,
  channel text not null,
  reference text not null,
  action text not null,
  primary key (bucket, channel, reference)
);

-- What came in and matched nobody; bucketed by the hash of its id. Tried again until it does, and listed until then.
-- bucketed
create table inbound_kept (
  received_at int8 not null,
  -- When it found its borrower after all; 0 until then.
  settled_at int8 not null,
  bucket int4 not null,
  channel text not null,
  id text not null,
  body text not null,
  primary key (bucket, channel, id)
);
