package io.lasttable.booking.waitlist;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import io.lasttable.booking.daybook.ReservationSearch;
import io.lasttable.booking.daybook.WaitlistPage;
import io.lasttable.booking.problem.Parameters;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query parameters of a venue's waitlist. */
class LineFilters {

    private static final int MOST = 200;

    @QueryParam("date")
    String date;

    @QueryParam("from")
    String from;

    @QueryParam("to")
    String to;

    @QueryParam("status")
    List<String> status;

    @QueryParam("cursor")
    String cursor;

    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    /** Throws a problem for what cannot be read. */
    WaitlistPage.Search search(VenueId venue, LocalDate today) {
        Optional<LocalDate> only = Parameters.date("date", date);
        if (only.isPresent() && (from != null || to != null)) {
            throw Problem.invalid("/query/date", "goes without from and to");
        }
        LocalDate first = only.or(() -> Parameters.date("from", from)).orElse(today.minusDays(1));
        LocalDate last = only.or(() -> Parameters.date("to", to)).orElse(ReservationSearch.LAST);
        if (last.isBefore(first)) {
            throw Problem.invalid("/query/to", "lies before from");
        }
        Place place = cursor == null || cursor.isEmpty() ? new Place(first, OptionalLong.empty()) : place(cursor);
        LocalDate begin = place.date().isBefore(first) ? first : place.date();
        OptionalLong after = place.date().equals(begin) ? place.ticket() : OptionalLong.empty();
        return new WaitlistPage.Search(
                venue, statuses(), begin, last, after, Parameters.integer("limit", limit, 1, MOST));
    }

    private record Place(LocalDate date, OptionalLong ticket) {}

    /** Leads on behind this entry. */
    static String behind(WaitlistEntry last) {
        String place = last.wish().date() + "/" + last.ticket().orElse(0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(UTF_8));
    }

    private static Place place(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            if (text.matches("2[0-9]{3}-[0-9]{2}-[0-9]{2}/[0-9]{1,18}")) {
                return new Place(
                        LocalDate.parse(text.substring(0, 10)), OptionalLong.of(Long.parseLong(text.substring(11))));
            }
        } catch (RuntimeException e) {
            throw noCursor();
        }
        throw noCursor();
    }

    private static Problem noCursor() {
        return Problem.invalid("/query/cursor", "must be the cursor of a page");
    }

    private Set<WaitlistStatus> statuses() {
        Set<String> labels = status == null
                ? Set.of()
                : status.stream()
                        .flatMap(text -> Arrays.stream(text.split(",")))
                        .collect(Collectors.toSet());
        Set<WaitlistStatus> statuses = EnumSet.noneOf(WaitlistStatus.class);
        Stream.of(WaitlistStatus.values())
                .filter(known -> labels.contains(known.label()))
                .forEach(statuses::add);
        if (statuses.size() < labels.size()) {
            throw Problem.invalid(
                    "/query/status",
                    "must be of "
                            + Stream.of(WaitlistStatus.values())
                                    .map(WaitlistStatus::label)
                                    .collect(Collectors.joining(", ")));
        }
        return statuses;
    }
}
