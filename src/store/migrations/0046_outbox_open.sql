-- What is planned or begun, found without a reading of all that was ever done. Its state is part of it, so that a change of
-- state writes the row's key anew: some microseconds a message, against a reading of the whole outbox by every list of work.
create index outbox_open on outbox (bucket, n) where state in (0, 1);
