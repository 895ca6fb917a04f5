-- Passkeys, and sign-in by providers of identities. Nothing here is a secret: public keys, hashes of challenges and states.
-- control
create table passkey (
  -- The credential's own id, base64url.
  id text not null,
  staff text not null,
  -- What its owner calls it.
  name text not null,
  public_key bytea not null,
  -- Of the last signature; 0 where the authenticator does not count.
  counter int8 not null,
  transports text not null,
  created_at int8 not null,
  used_at int8,
  primary key (id)
);

create index passkey_staff on passkey (staff);

-- What was asked of an authenticator or a provider: answered once, within minutes.
-- control
create table sign_in_asked (
  hash text not null,
  -- 'register', 'passkey', or 'oidc'.
  what text not null,
  -- Who registers; none where somebody signs in.
  staff text,
  -- Provider, nonce, verifier of an OpenID Connect flow, as JSON.
  body text,
  expires_at int8 not null,
  primary key (hash)
);

-- Who somebody is at a provider: by its subject, or by an e-mail address until he came for the first time.
-- control
create table staff_identity (
  issuer text not null,
  -- 'subject' or 'email'.
  kind text not null,
  -- In a book with keys a keyed hash.
  value text not null,
  staff text not null,
  added_at int8 not null,
  primary key (issuer, kind, value)
);

create index staff_identity_staff on staff_identity (staff);
