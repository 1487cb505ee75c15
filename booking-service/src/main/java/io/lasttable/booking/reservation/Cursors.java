package io.lasttable.booking.reservation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.daybook.Found;
import io.lasttable.booking.daybook.ReservationSearch;
import io.lasttable.booking.daybook.ReservationSearch.By;
import io.lasttable.booking.daybook.ReservationSearch.Place;
import io.lasttable.booking.daybook.ReservationView;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Pages of reservations, and the cursor that leads from one to the next: a place in the order, not a count. */
final class Cursors {

    private Cursors() {}

    /** @param cursor of the next page, when there may be one */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<ReservationView> items, Optional<String> cursor) {}

    static Page page(ReservationSearch asked, List<Found> found, ReservationAnswers answers, Sight sight) {
        return new Page(
                found.stream()
                        .map(each -> answers.view(each.reservation(), sight))
                        .toList(),
                found.size() == asked.limit()
                        ? Optional.of(behind(asked, found.get(found.size() - 1)))
                        : Optional.empty());
    }

    private static String behind(ReservationSearch asked, Found last) {
        Place place = Place.of(last.reservation());
        return asked.by() instanceof By.Change
                ? encoded("updated/" + last.updatedAt() + "/" + place.id())
                : encoded(place.date() + "/" + place.startsAt() + "/" + place.id());
    }

    /** Throws {@link IllegalArgumentException} or {@link DateTimeException} for what no page has given. */
    static Place place(String cursor) {
        String[] parts = parts(cursor);
        Place place = new Place(LocalDate.parse(parts[0]), Instant.parse(parts[1]), UUID.fromString(parts[2]));
        if (!isInReach(place.date()) || !isInReach(place.startsAt())) {
            throw new IllegalArgumentException("out of reach");
        }
        return place;
    }

    /** As {@link #place}, of a page of changes. */
    static By change(String cursor) {
        String[] parts = parts(cursor);
        By.Change change = new By.Change(Instant.parse(parts[1]), UUID.fromString(parts[2]));
        if (!parts[0].equals("updated") || !isInReach(change.since())) {
            throw new IllegalArgumentException("out of reach");
        }
        return change;
    }

    /** The database's dates end where Java's do not. */
    static boolean isInReach(Instant instant) {
        return isInReach(LocalDate.ofInstant(instant, ZoneOffset.UTC));
    }

    private static boolean isInReach(LocalDate date) {
        return date.getYear() >= 1970 && date.getYear() <= 2999;
    }

    private static String[] parts(String cursor) {
        String[] parts = new String(Base64.getUrlDecoder().decode(cursor), UTF_8).split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("no cursor");
        }
        return parts;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
