package io.lasttable.booking.waitlist;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Labels;
import io.lasttable.booking.day.WaitlistWish;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.LabelsJson;
import io.lasttable.booking.reservation.ReservationJson;
import java.util.Optional;
import java.util.UUID;

/** Reads what callers send of waitlist entries, strictly. */
final class WaitlistJson {

    private static final int LARGEST_PARTY = 500;

    private WaitlistJson() {}

    static Command.Join join(String body, Optional<Country> country) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        WaitlistWish wish = new WaitlistWish(
                fields.date("date"),
                fields.time("from"),
                fields.time("to"),
                fields.integer("partySize", 1, LARGEST_PARTY),
                fields.optionalText("area", 60));
        Optional<Guest> guest = fields.object("guest").map(who -> ReservationJson.guest(who, country));
        if (guest.isEmpty()) {
            fields.refuse("guest", "is required");
        }
        Labels labels = LabelsJson.read(fields);
        fields.refuseOthers();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new Command.Join(UUID.randomUUID(), wish, guest.get(), labels);
    }
}
