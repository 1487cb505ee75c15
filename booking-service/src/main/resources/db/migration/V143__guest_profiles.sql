-- What a house knows of a guest, shared with the venues of its group: tags, allergies, notes. Contacts are in the one form that they have however
-- they are written, as those of guests; a hash of one could not be found any more once its key is rotated, and these are kept for years.
create table guest_profile (
  venue_id text not null,
  id uuid not null,
  tags text[] not null,
  allergies text,
  notes text,
  version bigint not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (venue_id, id)
);
create unique index guest_profile_by_id on guest_profile (id);
create index guest_profile_by_age on guest_profile (updated_at, id);

create table guest_profile_contact (
  venue_id text not null,
  profile_id uuid not null,
  kind text not null,
  value text not null,
  primary key (kind, value, venue_id, profile_id),
  foreign key (venue_id, profile_id) references guest_profile (venue_id, id) on delete cascade on update cascade
);
create index guest_profile_contact_of on guest_profile_contact (venue_id, profile_id);
