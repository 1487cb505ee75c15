package io.lasttable.booking.reservation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * A merge patch of a reservation (RFC 7396): what is named changes, what is null goes, what is absent stays.
 *
 * @param area of the tables; removed means anywhere
 * @param tables the staff's choice; absent means the tightest fit
 */
record ReservationPatch(
        Optional<LocalDate> date,
        Optional<LocalTime> time,
        Optional<Integer> partySize,
        Field<String> area,
        List<String> tables,
        Optional<GuestPatch> guest,
        Field<String> note) {

    /** A field that may be removed. */
    record Field<T>(boolean removed, Optional<T> value) {

        Optional<T> over(Optional<T> before) {
            return removed ? Optional.empty() : value.or(() -> before);
        }
    }

    private record GuestPatch(Optional<String> name, Field<String> email, Field<String> phone) {

        /** Keeps the guest's reference, so that all news stays about the same one. */
        Guest over(Optional<Guest> before) {
            Guest was = before.orElseGet(
                    () -> new Guest(UUID.randomUUID(), Optional.empty(), Optional.empty(), Optional.empty()));
            return new Guest(was.ref(), name.or(was::name), email.over(was.email()), phone.over(was.phone()));
        }
    }

    static ReservationPatch read(String body) throws JsonProcessingException {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        ReservationPatch patch = new ReservationPatch(
                needed(fields, "date", fields::date),
                needed(fields, "time", fields::time),
                needed(fields, "partySize", name -> fields.integer(name, 1, ReservationJson.LARGEST_PARTY)),
                removable(fields, "area", name -> fields.optionalText(name, 60)),
                fields.isNull("tables") ? List.of() : fields.array("tables", 20, table -> table.text(40)),
                needed(fields, "guest", name -> guest(fields.object(name).orElseThrow())),
                removable(fields, "note", name -> fields.optionalText(name, ReservationJson.NOTE_LENGTH)));
        fields.refuseOthers();
        return ReservationJson.checked(mistakes, patch);
    }

    private static GuestPatch guest(Fields fields) {
        GuestPatch guest = new GuestPatch(
                needed(fields, "name", name -> fields.text(name, 200)),
                removable(fields, "email", fields::optionalEmail),
                removable(fields, "phone", fields::optionalPhone));
        fields.refuseOthers();
        return guest;
    }

    private static <T> Optional<T> needed(Fields fields, String name, Function<String, T> read) {
        if (fields.isNull(name)) {
            fields.refuse(name, "cannot be removed");
            return Optional.empty();
        }
        return fields.has(name) ? Optional.of(read.apply(name)) : Optional.empty();
    }

    private static Field<String> removable(Fields fields, String name, Function<String, Optional<String>> read) {
        boolean removed = fields.isNull(name);
        return new Field<>(removed, removed ? Optional.empty() : read.apply(name));
    }

    Command.Amend of(Reservation reservation, OptionalLong ifVersion) {
        Wish wish = new Wish(
                date.orElse(reservation.date()),
                time.orElse(reservation.time()),
                partySize.orElse(reservation.partySize()),
                area.over(reservation.area()),
                tables,
                false);
        Optional<Guest> whom = guest.map(patch -> patch.over(reservation.guest()));
        return new Command.Amend(reservation.id(), wish, whom, note.over(reservation.note()), ifVersion);
    }
}
