package io.lasttable.booking.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is to be sent again: events of the log by their ids, or all of a venue behind a cursor of its changes feed. */
record ReplayRequest(List<UUID> events, Optional<Behind> behind) {

    private static final int MOST_EVENTS = 500;

    /** All changes of a venue with a higher number. */
    record Behind(VenueId venue, long cursor) {}

    static ReplayRequest read(String body) throws JsonProcessingException {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        List<UUID> events = fields.array("events", MOST_EVENTS, ReplayRequest::event);
        Optional<String> venue = fields.optionalText("venueId", 63);
        Optional<String> after = fields.optionalText("after", 18);
        fields.refuseOthers();
        if (venue.isPresent() != after.isPresent() || venue.isPresent() != events.isEmpty()) {
            mistakes.add("", "must have either events, or venueId and after");
        }
        venue.filter(id -> !VenueId.isValid(id)).ifPresent(id -> mistakes.add("/venueId", "must be a venue"));
        after.filter(cursor -> !cursor.matches("[0-9]{1,18}"))
                .ifPresent(cursor -> mistakes.add("/after", "must be a cursor of the venue's changes feed"));
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new ReplayRequest(
                events, venue.map(id -> new Behind(new VenueId(id), Long.parseLong(after.orElseThrow()))));
    }

    /** All or none: who asks for what is gone shall not believe that it was sent. */
    void refuseUnlessIn(List<UUID> log) {
        Mistakes mistakes = new Mistakes();
        for (int i = 0; i < events.size(); i++) {
            if (!log.contains(events.get(i))) {
                mistakes.add(
                        "/events/" + i, "is not in the log, or no longer; a cursor leads to what the feed still has");
            }
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
    }

    private static UUID event(Fields.Element element) {
        try {
            return UUID.fromString(element.text(36));
        } catch (IllegalArgumentException e) {
            element.mistakes().add(element.pointer(), "must be the id of an event");
            return new UUID(0, 0);
        }
    }
}
