package io.lasttable.booking.reservation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.daybook.ReservationPage;
import io.lasttable.booking.daybook.ReservationPage.Place;
import io.lasttable.booking.daybook.ReservationView;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Pages of reservations: the query that asks for one, the cursor that leads to the next. */
final class Pages {

    private static final int MOST = 200;

    private Pages() {}

    /** @param status any number of them, repeated or separated by commas */
    static ReservationPage page(VenueId venue, String date, List<String> status, String cursor, String limit) {
        Mistakes mistakes = new Mistakes();
        ReservationPage page = new ReservationPage(
                venue,
                date == null ? Optional.empty() : date(date, mistakes),
                statuses(status, mistakes),
                cursor == null || cursor.isEmpty() ? Place.START : place(cursor, mistakes),
                limit(limit, mistakes));
        return ReservationJson.checked(mistakes, page);
    }

    /** @param cursor of the next page, when there may be one */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<ReservationView> items, Optional<String> cursor) {}

    static Page page(ReservationPage asked, List<Reservation> found, ReservationAnswers answers) {
        return new Page(
                found.stream().map(answers::view).toList(),
                found.size() == asked.limit()
                        ? Optional.of(cursor(Place.of(found.get(found.size() - 1))))
                        : Optional.empty());
    }

    private static String cursor(Place place) {
        String text = place.date() + "/" + place.startsAt() + "/" + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static Place place(String cursor, Mistakes mistakes) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("/", -1);
            if (parts.length == 3) {
                return new Place(LocalDate.parse(parts[0]), Instant.parse(parts[1]), UUID.fromString(parts[2]));
            }
            mistakes.add("/query/cursor", "is not one that a page has given");
        } catch (IllegalArgumentException | DateTimeException e) {
            mistakes.add("/query/cursor", "is not one that a page has given");
        }
        return Place.START;
    }

    private static Optional<LocalDate> date(String text, Mistakes mistakes) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= 2000 && date.getYear() <= 2999) {
                return Optional.of(date);
            }
            mistakes.add("/query/date", "must be a date from 2000 to 2999");
        } catch (DateTimeException e) {
            mistakes.add("/query/date", "must be a date such as 2026-11-28");
        }
        return Optional.empty();
    }

    private static Set<Status> statuses(List<String> asked, Mistakes mistakes) {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        asked.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .forEach(label -> Arrays.stream(Status.values())
                        .filter(status -> status.label().equals(label))
                        .findFirst()
                        .ifPresentOrElse(
                                statuses::add,
                                () -> mistakes.add(
                                        "/query/status",
                                        "must be of held, confirmed, seated, finished, no-show, cancelled, expired")));
        return statuses;
    }

    private static int limit(String text, Mistakes mistakes) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw refused(mistakes);
    }

    private static Problem refused(Mistakes mistakes) {
        mistakes.add("/query/limit", "must be a whole number from 1 to " + MOST);
        return Problem.invalid(mistakes);
    }
}
