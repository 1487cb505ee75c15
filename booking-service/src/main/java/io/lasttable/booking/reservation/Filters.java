package io.lasttable.booking.reservation;

import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.SoughtPhone;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.daybook.ReservationSearch;
import io.lasttable.booking.daybook.ReservationSearch.By;
import io.lasttable.booking.daybook.ReservationSearch.Place;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.json.Text;
import io.lasttable.booking.venue.VenueId;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The query of a search for reservations as it came. Dates and statuses narrow down whatever else is looked for; of that, one at a time. */
class Filters {

    private static final int MOST = 200;
    private static final int TEXT_LENGTH = 100;

    /** A text is looked for in the coming quarter unless dates are given, and never in more than a year at once. */
    private static final int USUAL_DAYS = 92;

    private static final int MOST_DAYS = 366;

    private static final String CURSOR = "one that a page has given";

    @QueryParam("q")
    String q;

    @QueryParam("date")
    String date;

    @QueryParam("from")
    String from;

    @QueryParam("to")
    String to;

    @QueryParam("status")
    List<String> status;

    @QueryParam("phone")
    String phone;

    @QueryParam("email")
    String email;

    @QueryParam("externalId")
    String externalId;

    @QueryParam("updatedSince")
    String updatedSince;

    @QueryParam("cursor")
    String cursor;

    @QueryParam("limit")
    @DefaultValue("50")
    String limit;

    private final Mistakes mistakes = new Mistakes();

    /** Throws a problem that names every mistake. */
    ReservationSearch search(VenueId venue, LocalDate today) {
        Optional<LocalDate> only = read("date", date, LocalDate::parse, "a date such as 2026-11-28");
        Optional<LocalDate> first = read("from", from, LocalDate::parse, "a date such as 2026-11-28");
        Optional<LocalDate> last = read("to", to, LocalDate::parse, "a date such as 2026-11-28");
        Set<Status> statuses = statuses();
        By by = by();
        LocalDate begin = only.or(() -> first).orElse(by instanceof By.Text ? today.minusDays(1) : LocalDate.EPOCH);
        LocalDate end =
                only.or(() -> last).orElse(by instanceof By.Text ? begin.plusDays(USUAL_DAYS) : ReservationSearch.LAST);
        checkTogether(by, begin, end);
        ReservationSearch search = new ReservationSearch(venue, by, statuses, end, after(by, begin), limit());
        return ReservationJson.checked(mistakes, search);
    }

    private By by() {
        Stream<Optional<By>> given = Stream.of(
                read("q", q, this::text, "2 to " + TEXT_LENGTH + " characters that can be seen"),
                read("phone", phone, Filters::number, "a telephone number such as %2B33123456789"),
                read("email", email, Filters::address, "an e-mail address"),
                read("externalId", externalId, Filters::called, "an externalId"),
                read("updatedSince", updatedSince, Filters::since, "an instant such as 2026-11-28T19:00:00Z"));
        List<By> ways = given.flatMap(Optional::stream).toList();
        if (ways.size() > 1) {
            mistakes.add("/query", "may have one of q, phone, email, externalId and updatedSince");
        }
        return ways.isEmpty() ? new By.Dates() : goingOn(ways.get(0));
    }

    /** Changes go on behind the last one of the page before. */
    private By goingOn(By way) {
        return way instanceof By.Change && cursor != null
                ? read("cursor", cursor, Cursors::change, CURSOR).orElse(way)
                : way;
    }

    private By text(String text) {
        if (text.strip().length() < 2 || Text.mistake(text, TEXT_LENGTH).isPresent()) {
            throw new IllegalArgumentException("text");
        }
        return new By.Text(text.strip());
    }

    /** A plus that was not encoded has come as a space. */
    private static By number(String text) {
        String sent = text.startsWith(" ") ? "+" + text.substring(1) : text;
        return new By.Contact(
                Optional.empty(), Optional.of(SoughtPhone.of(sent).orElseThrow(IllegalArgumentException::new)));
    }

    private static By address(String text) {
        return new By.Contact(
                Optional.of(Email.parse(text).orElseThrow(IllegalArgumentException::new)), Optional.empty());
    }

    private static By called(String text) {
        if (Text.mistake(text, LabelsJson.ID_LENGTH).isPresent()) {
            throw new IllegalArgumentException("externalId");
        }
        return new By.ExternalId(text);
    }

    private static By since(String text) {
        Instant since = Instant.parse(text);
        if (!Cursors.isInReach(since)) {
            throw new IllegalArgumentException("updatedSince");
        }
        return new By.Change(since, new UUID(0, 0));
    }

    private void checkTogether(By by, LocalDate begin, LocalDate end) {
        if (date != null && (from != null || to != null)) {
            mistakes.add("/query/date", "goes without from and to");
        }
        if (end.isBefore(begin)) {
            mistakes.add("/query/to", "lies before from");
        }
        if (by instanceof By.Text && ChronoUnit.DAYS.between(begin, end) > MOST_DAYS) {
            mistakes.add("/query/to", "q looks at most " + MOST_DAYS + " days far: send from and to");
        }
        boolean narrows = date != null || from != null || to != null || status != null && !status.isEmpty();
        if (narrows && (by instanceof By.ExternalId || by instanceof By.Change)) {
            mistakes.add("/query", "externalId and updatedSince go without date, from, to and status");
        }
    }

    private Place after(By by, LocalDate begin) {
        Place first = Place.before(begin);
        if (cursor == null || cursor.isEmpty() || by instanceof By.Change) {
            return first;
        }
        return read("cursor", cursor, Cursors::place, CURSOR)
                .filter(place -> place.compareTo(first) > 0)
                .orElse(first);
    }

    private Set<Status> statuses() {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        if (status != null) {
            status.stream().flatMap(text -> Arrays.stream(text.split(","))).forEach(label -> add(label, statuses));
        }
        return statuses;
    }

    private void add(String label, Set<Status> statuses) {
        Arrays.stream(Status.values())
                .filter(known -> known.label().equals(label))
                .findFirst()
                .ifPresentOrElse(
                        statuses::add,
                        () -> mistakes.add(
                                "/query/status",
                                "must be of held, confirmed, seated, finished, no-show, cancelled, expired"));
    }

    private int limit() {
        if (limit.matches("[0-9]{1,3}") && Integer.parseInt(limit) >= 1 && Integer.parseInt(limit) <= MOST) {
            return Integer.parseInt(limit);
        }
        mistakes.add("/query/limit", "must be a whole number from 1 to " + MOST);
        return MOST;
    }

    private <T> Optional<T> read(String name, String value, Function<String, T> reader, String expected) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            T read = reader.apply(value);
            if (!(read instanceof LocalDate day) || day.getYear() >= 2000 && day.getYear() <= 2999) {
                return Optional.of(read);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            mistakes.add("/query/" + name, "must be " + expected);
            return Optional.empty();
        }
        mistakes.add("/query/" + name, "must be a date from 2000 to 2999");
        return Optional.empty();
    }
}
