package io.lasttable.booking.calendar;

import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Venue;
import java.util.Optional;

/**
 * A calendar address as a caller wants it.
 *
 * @param name that calendar programs show behind the venue's
 * @param area whose tables' reservations are in it; absent for all
 * @param guestNames whether names and notes are in it
 */
record WantedLink(String name, Optional<String> area, boolean guestNames) {

    static WantedLink read(String body) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        WantedLink wanted = new WantedLink(
                fields.text("name", 60),
                fields.optionalText("area", 60),
                fields.optionalBool("guestNames").orElse(false));
        fields.refuseOthers();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return wanted;
    }

    /** Throws for an area that no table is in, whose calendar would be empty for ever. */
    void check(Venue venue) {
        boolean isThere = area.isEmpty()
                || venue.tables().stream().anyMatch(table -> table.area().equals(area));
        if (!isThere) {
            throw Problem.invalid("/area", "must be an area of the venue's tables, or be left out");
        }
    }
}
