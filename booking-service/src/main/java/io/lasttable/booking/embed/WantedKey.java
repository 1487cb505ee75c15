package io.lasttable.booking.embed;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A publishable key as a caller wants it.
 *
 * @param origins of the pages that it stands in, as browsers send them: scheme, host and port
 */
record WantedKey(VenueId venue, String[] origins) {

    private static final int MOST_ORIGINS = 20;
    private static final int LONGEST_ORIGIN = 255;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @param reached the venues that the caller reaches; absent when it reaches all */
    static WantedKey read(String body, Optional<Set<String>> reached) throws JsonProcessingException {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        String venue = fields.text("venueId", 100);
        if (!venue.isEmpty() && !isReached(venue, reached)) {
            fields.refuse("venueId", "must be a venue that the token reaches");
        }
        List<String> origins = fields.array("origins", MOST_ORIGINS, WantedKey::origin);
        if (origins.isEmpty()) {
            fields.refuse("origins", "must name one origin at least, such as https://www.example.com");
        }
        fields.refuseOthers();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new WantedKey(new VenueId(venue), origins.stream().distinct().toArray(String[]::new));
    }

    private static boolean isReached(String venue, Optional<Set<String>> reached) {
        return VenueId.isValid(venue) && (reached.isEmpty() || reached.get().contains(venue));
    }

    private static String origin(Fields.Element element) {
        String origin = element.text(LONGEST_ORIGIN);
        if (!isOrigin(origin)) {
            element.mistakes()
                    .add(
                            element.pointer(),
                            "must be an origin such as https://www.example.com; http on this machine only");
        }
        return origin;
    }

    /** Exactly as a browser writes it, since it is compared with what one sends. */
    private static boolean isOrigin(String text) {
        try {
            URI origin = new URI(text);
            String host = origin.getHost();
            return host != null
                    && ("https".equals(origin.getScheme())
                            || "http".equals(origin.getScheme()) && THIS_MACHINE.contains(host))
                    && text.equals(origin.getScheme() + "://" + host.toLowerCase(Locale.ROOT)
                            + (origin.getPort() < 0 ? "" : ":" + origin.getPort()))
                    && origin.getPort() != ("https".equals(origin.getScheme()) ? 443 : 80);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
