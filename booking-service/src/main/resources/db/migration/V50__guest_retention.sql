-- Through which date each venue's guests have been forgotten, where guests are kept for a limited time.
create table guest_retention (
  venue_id text primary key,
  through date not null
);
