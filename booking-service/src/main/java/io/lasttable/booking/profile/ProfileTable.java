package io.lasttable.booking.profile;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Email;
import io.lasttable.booking.daybook.Sought;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueTable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The tables {@code guest_profile} and {@code guest_profile_contact}. */
final class ProfileTable {

    private static final String READ = """
            select p.venue_id, p.id, p.tags, p.allergies, p.notes, p.version, p.created_at, p.updated_at,
              array(select c.kind || ' ' || c.value from guest_profile_contact c
                where c.venue_id = p.venue_id and c.profile_id = p.id order by 1), array(%s)
            from guest_profile p where\s""".formatted(VenueTable.group("p.venue_id"));

    static final String FIND = READ + "p.id = $1";
    private static final String ALL = READ + "p.id = any ($1)";
    private static final String LOCK = ALL + " order by p.id for update of p";

    /** The one that was made first, first. */
    static final String OF_CONTACTS = READ + """
            (p.venue_id, p.id) in (
              select c.venue_id, c.profile_id from unnest($2::text[], $3::text[]) as s(kind, value), lateral (
                select c.venue_id, c.profile_id from guest_profile_contact c
                where c.kind = s.kind and c.value = s.value and c.venue_id = any ($1) offset 0) as c)
            order by p.created_at, p.id
            """;

    /** In their order, so that two who want the same ones do not wait for one another. */
    private static final String CLAIM = "select pg_advisory_xact_lock(hashtextextended('guest profile ' || contact, 0))"
            + " from (select unnest($1::text[]) as contact order by 1) as claimed";

    private static final String INSERT = "insert into guest_profile (venue_id, id, tags, allergies, notes, version)"
            + " values ($1, $2, $3, $4, $5, 1)";
    private static final String UPDATE = "update guest_profile set tags = $3, allergies = $4, notes = $5,"
            + " version = version + 1, updated_at = now() where venue_id = $1 and id = $2";
    private static final String DROP_CONTACTS =
            "delete from guest_profile_contact where venue_id = $1 and profile_id = $2";
    private static final String ADD_CONTACTS = "insert into guest_profile_contact (venue_id, profile_id, kind, value)"
            + " select $1, $2, kind, value from unnest($3::text[], $4::text[]) as new(kind, value)";
    private static final String DELETE = "delete from guest_profile where id = any ($1)";

    /** A number without its country is one that is dialled at the venue that made the profile. */
    static final String SOUGHT = """
            select c.profile_id, c.value, v.document ->> 'timeZone', c.kind
            from guest_profile_contact c left join venue v on v.venue_id = c.venue_id
            where (c.kind = 'email' and c.value = $1 or c.kind = 'phone' and c.value = any ($2))
              and ($3::text[] is null or c.venue_id = any ($3) or exists (
                select from venue m where m.venue_id = any ($3) and m.document ->> 'group' = v.document ->> 'group'))
            """;

    /** Whoever is kept as a guest of one of the venues keeps their profile. */
    static final String FORGET = """
            with due as (
              select venue_id, id, updated_at from guest_profile
              where updated_at < $1 and (updated_at, id) > ($2, $3) order by updated_at, id limit 500),
            gone as (
              delete from guest_profile p using due where p.venue_id = due.venue_id and p.id = due.id and not exists (
                select from guest_profile_contact c, lateral (
                  select from guest g where c.kind = 'email' and g.email_key = c.value and g.venue_id in (%1$s)
                  union all
                  select from guest g where c.kind = 'phone' and g.venue_id in (%1$s) and g.phone is not null
                    and regexp_replace(g.phone, '[^0-9]', '', 'g') = substr(c.value, 2)) as kept
                where c.venue_id = p.venue_id and c.profile_id = p.id)
              returning 1)
            select (select count(*)::int from gone), l.updated_at, l.id
            from (select 1) as one left join (select * from due order by updated_at desc, id desc limit 1) as l on true
            """.formatted(VenueTable.group("p.venue_id"));

    private ProfileTable() {}

    static Uni<Optional<Profile>> find(SqlClient client, UUID id) {
        return profiles(client, FIND, Tuple.of(id)).map(found -> found.stream().findFirst());
    }

    static Uni<List<Profile>> read(SqlConnection transaction, UUID... ids) {
        return profiles(transaction, ALL, Tuple.of(ids));
    }

    static Uni<List<Profile>> lock(SqlConnection transaction, UUID... ids) {
        return profiles(transaction, LOCK, Tuple.of(ids));
    }

    /** Those of the venues that have one of the contacts. */
    static Uni<List<Profile>> of(SqlClient client, Collection<String> venues, Collection<Contact> contacts) {
        return profiles(
                client, OF_CONTACTS, Tuple.of(venues.toArray(String[]::new), kinds(contacts), values(contacts)));
    }

    /** Until the transaction ends nobody else gives a profile one of these contacts. */
    static Uni<Void> claim(SqlConnection transaction, Collection<Contact> contacts) {
        return claim(transaction, Stream.of(values(contacts)));
    }

    /** As {@link #claim(SqlConnection, Collection)}, whichever of the numbers is meant. */
    static Uni<Void> claim(SqlConnection transaction, Sought sought) {
        return claim(transaction, Stream.concat(sought.email().stream().map(Email::key), Stream.of(numbers(sought))));
    }

    private static Uni<Void> claim(SqlConnection transaction, Stream<String> contacts) {
        String[] claimed = contacts.toArray(String[]::new);
        return transaction.preparedQuery(CLAIM).execute(Tuple.of(claimed)).replaceWithVoid();
    }

    private static String[] numbers(Sought sought) {
        return sought.digits().stream().map(digits -> "+" + digits).toArray(String[]::new);
    }

    static Uni<Void> insert(SqlConnection transaction, VenueId home, UUID id, Facts facts) {
        return transaction
                .preparedQuery(INSERT)
                .execute(row(home, id, facts))
                .chain(() -> addContacts(transaction, home, id, facts.contacts()));
    }

    static Uni<Void> update(SqlConnection transaction, Profile before, Facts facts) {
        return transaction
                .preparedQuery(UPDATE)
                .execute(row(before.home(), before.id(), facts))
                .chain(() -> transaction
                        .preparedQuery(DROP_CONTACTS)
                        .execute(Tuple.of(before.home().value(), before.id())))
                .chain(() -> addContacts(transaction, before.home(), before.id(), facts.contacts()));
    }

    private static Tuple row(VenueId home, UUID id, Facts facts) {
        return Tuple.of(
                home.value(),
                id,
                facts.tags().toArray(String[]::new),
                facts.allergies().orElse(null),
                facts.notes().orElse(null));
    }

    private static Uni<Void> addContacts(SqlConnection transaction, VenueId home, UUID id, Set<Contact> contacts) {
        return transaction
                .preparedQuery(ADD_CONTACTS)
                .execute(Tuple.of(home.value(), id, kinds(contacts), values(contacts)))
                .replaceWithVoid();
    }

    static Uni<Integer> delete(SqlConnection transaction, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(0)
                : transaction
                        .preparedQuery(DELETE)
                        .execute(Tuple.of(ids.toArray(UUID[]::new)))
                        .map(RowSet::rowCount);
    }

    /** Those of who is looked for. */
    static Uni<Set<UUID>> sought(SqlClient client, Sought sought, Optional<Set<String>> venues) {
        return client.preparedQuery(SOUGHT)
                .execute(Tuple.of(
                        sought.email().map(Email::key).orElse(null),
                        numbers(sought),
                        venues.map(ids -> ids.toArray(String[]::new)).orElse(null)))
                .map(rows -> meant(sought, rows));
    }

    private static Set<UUID> meant(Sought sought, RowSet<Row> rows) {
        Set<UUID> meant = new HashSet<>();
        for (Row row : rows) {
            boolean isEmail = Contact.Kind.ofLabel(row.getString(3)) == Contact.Kind.EMAIL;
            if (isEmail || sought.isMeantBy(Optional.of(row.getString(1)), Country.ofZone(row.getString(2)))) {
                meant.add(row.getUUID(0));
            }
        }
        return meant;
    }

    private static String[] kinds(Collection<Contact> contacts) {
        return contacts.stream().map(contact -> contact.kind().label()).toArray(String[]::new);
    }

    private static String[] values(Collection<Contact> contacts) {
        return contacts.stream().map(Contact::value).toArray(String[]::new);
    }

    private static Uni<List<Profile>> profiles(SqlClient client, String sql, Tuple parameters) {
        return client.preparedQuery(sql).execute(parameters).map(rows -> {
            List<Profile> profiles = new ArrayList<>(rows.size());
            rows.forEach(row -> profiles.add(profile(row)));
            return profiles;
        });
    }

    private static Profile profile(Row row) {
        Set<Contact> contacts = new HashSet<>();
        Stream.of(row.getArrayOfStrings(8)).map(text -> text.split(" ", 2)).forEach(parts -> {
            boolean isNew = contacts.add(new Contact(Contact.Kind.ofLabel(parts[0]), parts[1]));
            assert isNew;
        });
        Facts facts = new Facts(
                List.of(row.getArrayOfStrings(2)),
                Optional.ofNullable(row.getString(3)),
                Optional.ofNullable(row.getString(4)),
                contacts);
        return new Profile(
                new VenueId(row.getString(0)),
                row.getUUID(1),
                facts,
                row.getLong(5),
                row.getOffsetDateTime(6).toInstant(),
                row.getOffsetDateTime(7).toInstant(),
                Set.of(row.getArrayOfStrings(9)));
    }
}
