package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.day.Choice;
import io.lasttable.booking.day.Former;
import io.lasttable.booking.day.Placement;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.ReservationDraft;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.venue.VenueId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** A row of the table {@code reservation}: its columns, and a reservation or a stay as one. */
final class ReservationRow {

    private static final String LIST = "venue_id text, id uuid, date date, time time, starts_at timestamptz,"
            + " ends_at timestamptz, party_size int, tables text[], area text, status text, guest_ref uuid, note text,"
            + " channel text, version bigint, day_version bigint, expires_at timestamptz, asked_area text,"
            + " tables_chosen boolean, former_status text, former_ends_at timestamptz, "
            + LabelColumns.TYPES + ", " + TimesColumns.TYPES;

    static final Columns COLUMNS = Columns.of(LIST);

    /** How a reservation was made is read by its history alone. */
    static final Columns WRITTEN = Columns.of(LIST + ", made jsonb");

    private static final int GUEST = 24;

    /** Position of what a statement reads behind {@link #READ}. */
    static final int BEHIND = 27;

    /** A reservation with its guest, {@code r} and {@code g}, as {@link #reservation} takes it. */
    static final String READ = COLUMNS.from("r") + ", " + GuestTable.READ;

    private ReservationRow() {}

    /** As {@link #WRITTEN} is written, but for how it was made. */
    static JsonObject json(Reservation r) {
        return TimesColumns.put(LabelColumns.put(new JsonObject(), r.labels()), r.times())
                .put("venue_id", r.venueId().value())
                .put("id", r.id().toString())
                .put("date", r.date().toString())
                .put("time", r.time().toString())
                .put("starts_at", r.startsAt().toString())
                .put("ends_at", r.endsAt().toString())
                .put("party_size", r.partySize())
                .put("tables", new JsonArray(r.tables()))
                .put("area", r.area().orElse(null))
                .put("status", r.status().label())
                .put("guest_ref", r.guest().map(guest -> guest.ref().toString()).orElse(null))
                .put("note", r.note().orElse(null))
                .put("channel", r.channel().orElse(null))
                .put("version", r.version())
                .put("day_version", r.dayVersion())
                .put("expires_at", r.expiresAt().map(Object::toString).orElse(null))
                .put("asked_area", r.choice().area().orElse(null))
                .put("tables_chosen", r.choice().tables())
                .put(
                        "former_status",
                        r.former().map(was -> was.status().label()).orElse(null))
                .put(
                        "former_ends_at",
                        r.former().map(was -> was.endsAt().toString()).orElse(null));
    }

    /** By position, in the order of {@link #COLUMNS}: looking columns up by name took as long as all else with a row. */
    static Reservation reservation(Row row) {
        Status status = Status.ofLabel(row.getString(9));
        return new ReservationDraft(new VenueId(row.getString(0)), row.getUUID(1))
                .on(row.getLocalDate(2), row.getLocalTime(3))
                .placed(new Placement(
                        List.of(row.getArrayOfStrings(7)),
                        instant(row, 4),
                        instant(row, 5),
                        Optional.ofNullable(row.getString(8))))
                .forParty(row.getInteger(6))
                .status(status)
                .guest(Optional.ofNullable(row.getUUID(10)).map(ref -> GuestTable.guest(ref, row, GUEST)))
                .note(Optional.ofNullable(row.getString(11)))
                .channel(Optional.ofNullable(row.getString(12)))
                .versions(row.getLong(13), row.getLong(14))
                .expiresAt(Optional.ofNullable(instant(row, 15)))
                .choice(new Choice(Optional.ofNullable(row.getString(16)), row.getBoolean(17)))
                .former(Optional.ofNullable(row.getString(18))
                        .map(was -> new Former(Status.ofLabel(was), instant(row, 19))))
                .labels(LabelColumns.read(row, 20))
                .times(TimesColumns.read(row, 22, status))
                .done();
    }

    private static Instant instant(Row row, int at) {
        OffsetDateTime time = row.getOffsetDateTime(at);
        return time == null ? null : time.toInstant();
    }

    /** Who keeps which tables when. */
    static Stay stay(Row row) {
        return new Stay(
                row.getUUID(1),
                row.getLocalDate(2),
                List.of(row.getArrayOfStrings(7)),
                instant(row, 4),
                instant(row, 5),
                row.getInteger(6),
                Optional.ofNullable(instant(row, 15)));
    }
}
