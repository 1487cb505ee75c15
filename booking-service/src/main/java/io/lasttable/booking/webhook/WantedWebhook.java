package io.lasttable.booking.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A webhook as a caller wants it.
 *
 * @param types of events; absent: all of them
 * @param venues absent: all of them
 * @param includeGuest whether personal data comes with them
 */
record WantedWebhook(
        URI url, Optional<String[]> types, Optional<String[]> venues, boolean includeGuest, boolean paused) {

    private static final int LONGEST_URL = 2_000;
    private static final int MOST_VENUES = 100;

    /**
     * @param reached the venues that the caller reaches; absent when it reaches all
     */
    static WantedWebhook read(String body, Optional<Set<String>> reached, Receivers receivers)
            throws JsonProcessingException {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        URI url = url(fields, receivers);
        Optional<String[]> types = types(fields);
        Optional<String[]> venues = venues(fields, reached);
        boolean includeGuest = fields.optionalBool("includeGuest").orElse(false);
        boolean paused = fields.optionalBool("paused").orElse(false);
        fields.refuseOthers();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new WantedWebhook(url, types, venues, includeGuest, paused);
    }

    private static URI url(Fields fields, Receivers receivers) {
        String text = fields.text("url", LONGEST_URL);
        try {
            URI url = new URI(text);
            receivers.complaint(url).ifPresent(detail -> fields.refuse("url", detail));
            return url;
        } catch (URISyntaxException e) {
            fields.refuse("url", "must be a URL such as https://example.com/hooks");
            return URI.create("");
        }
    }

    private static Optional<String[]> types(Fields fields) {
        List<String> types = fields.array("types", EventTypes.KNOWN.size(), element -> {
            String type = element.text(100);
            if (!EventTypes.KNOWN.contains(type)) {
                element.mistakes().add(element.pointer(), "must be one of " + String.join(", ", EventTypes.KNOWN));
            }
            return type;
        });
        return some(types);
    }

    private static Optional<String[]> venues(Fields fields, Optional<Set<String>> reached) {
        List<String> venues = fields.array("venues", MOST_VENUES, element -> {
            String venue = element.text(100);
            if (!VenueId.isValid(venue) || reached.isPresent() && !reached.get().contains(venue)) {
                element.mistakes().add(element.pointer(), "must be a venue that the token reaches");
            }
            return venue;
        });
        if (venues.isEmpty() && reached.isPresent()) {
            fields.refuse("venues", "must name venues, since the token does not reach all of them");
        }
        return some(venues);
    }

    private static Optional<String[]> some(List<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.stream().distinct().toArray(String[]::new));
    }
}
