-- The one form of an address, however it is written: null for guests of before, whose addresses are found by their spellings.
alter table guest add column email_key text;
