-- The stays of a day; of the date before only those that end late enough to reach into it.
create index reservation_stays on reservation (venue_id, date, ends_at) where status in ('held', 'confirmed', 'seated');
drop index reservation_active;
