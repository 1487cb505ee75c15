package io.lasttable.booking.reservation;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.day.ReservationPatch;
import io.lasttable.booking.day.ReservationPatch.Field;
import io.lasttable.booking.day.ReservationPatch.GuestPatch;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads a merge patch of a reservation (RFC 7396). */
final class PatchJson {

    private PatchJson() {}

    static ReservationPatch read(String body, Optional<Country> country) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        ReservationPatch patch = new ReservationPatch(
                needed(fields, "date", fields::date),
                needed(fields, "time", fields::time),
                needed(fields, "partySize", name -> fields.integer(name, 1, ReservationJson.LARGEST_PARTY)),
                removable(fields, "area", name -> fields.optionalText(name, 60)),
                tables(fields),
                needed(fields, "endsAt", name -> fields.optionalInstant(name)).flatMap(end -> end),
                needed(fields, "guest", name -> guest(fields.object(name).orElseThrow(), country)),
                removable(fields, "note", name -> fields.optionalText(name, ReservationJson.NOTE_LENGTH)),
                LabelsJson.patch(fields),
                ReservationJson.overrides(fields));
        fields.refuseOthers();
        return ReservationJson.checked(mistakes, patch);
    }

    /** None left, or null: the house chooses. */
    private static Field<List<String>> tables(Fields fields) {
        boolean named = fields.has("tables");
        boolean removed = fields.isNull("tables");
        List<String> chosen = fields.array("tables", 20, table -> table.text(40));
        return new Field<>(
                removed || named && chosen.isEmpty(), Optional.of(chosen).filter(ids -> !ids.isEmpty()));
    }

    private static GuestPatch guest(Fields fields, Optional<Country> country) {
        GuestPatch guest = new GuestPatch(
                UUID.randomUUID(),
                needed(fields, "name", name -> fields.text(name, 200)),
                removable(fields, "email", name -> ReservationJson.email(fields, name)),
                removable(fields, "phone", name -> ReservationJson.phone(fields, name, country)));
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
}
