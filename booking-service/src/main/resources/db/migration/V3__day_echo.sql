-- Days whose tables a step of a neighbouring day has taken or freed: a stay that runs past midnight changes what the next
-- date has left. The step may not lock that day as well, so it leaves a note, and the sweep publishes the day anew.
create table day_echo (
  venue_id text not null,
  id bigint generated always as identity,
  date date not null,
  primary key (venue_id, id)
);
create index day_echo_by_day on day_echo (venue_id, date);
