-- Who looked at what, and who was told no. Written before an answer is given; nothing here is changed or deleted by the program.
-- control
create table access_log (
  lender int2 not null,
  at int8 not null,
  -- Of the request.
  id text not null,
  who text not null,
  role text not null,
  action text not null,
  relation text not null,
  -- `loan L1`, `borrower B7`, `letter …`, or empty.
  subject text not null,
  allowed int2 not null,
  status int2 not null,
  -- Why, where a reason was asked for; which fields, where some were shown in full.
  remark text,
  primary key (lender, at, id)
);

create index access_log_subject on access_log (lender, subject, at);
