package io.lasttable.booking.reservation;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.daybook.Asked;
import io.lasttable.booking.daybook.DayBook;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.ImportLines.Line;
import io.lasttable.booking.reservation.ImportLines.Mistaken;
import io.lasttable.booking.venue.VenueId;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Brings the reservations of another system in: all of a day or none of it, one transaction, one version and one event for each day.
 * A day with a mistaken line, or with one that the venue cannot seat, is left as it was, and the report says why.
 *
 * <p>Runs on a worker thread. With receipts, an import that was cut off is sent again as it is: days that are in are
 * recognized by them.
 */
final class ReservationImport {

    private static final Duration LONGEST_DAY = Duration.ofSeconds(60);

    private final VenueId venue;
    private final DayBook book;
    private final BiFunction<Line, Command, Asked> ask;
    private final Map<LocalDate, List<Line>> days = new TreeMap<>();
    private final Set<String> spoiled = new HashSet<>();
    private final List<LineError> errors = new ArrayList<>();
    private int lines;
    private int imported;
    private int replayed;

    ReservationImport(VenueId venue, DayBook book, BiFunction<Line, Command, Asked> ask) {
        this.venue = venue;
        this.book = book;
        this.ask = ask;
    }

    /**
     * @param imported lines that are in
     * @param replayed those of them that were in before
     */
    record Report(int lines, int imported, int replayed, List<DayReport> days, List<LineError> errors) {

        /** Whether there was nothing left to do. */
        boolean isReplayed() {
            return replayed > 0 && replayed == imported;
        }
    }

    record DayReport(String date, int lines, boolean imported) {}

    /** @param type of the problem */
    record LineError(long line, String type, String detail) {}

    /** Reads the whole file, then books day by day. */
    Report run(InputStream csv) {
        ImportLines.read(csv, this::take, this::take);
        List<DayReport> report = new ArrayList<>();
        days.forEach((date, ofDay) -> report.add(book(date, ofDay)));
        errors.sort(Comparator.comparing(LineError::line));
        return new Report(lines, imported, replayed, report, errors);
    }

    private void take(Line line) {
        lines++;
        if (line.order().isWalkIn()) {
            String date = line.order().date().map(LocalDate::toString).orElse("");
            spoil(new Mistaken(line.number(), date, "a walk-in is seated when it comes, not imported"));
            return;
        }
        days.computeIfAbsent(line.order().date().orElseThrow(), date -> new ArrayList<>())
                .add(line);
    }

    private void take(Mistaken line) {
        lines++;
        spoil(line);
    }

    private void spoil(Mistaken line) {
        spoiled.add(line.date());
        errors.add(new LineError(line.number(), "/problems/validation-error", line.detail()));
    }

    private DayReport book(LocalDate date, List<Line> ofDay) {
        if (ofDay.size() > ImportLines.MOST_OF_A_DAY) {
            String most = "is one of more than " + ImportLines.MOST_OF_A_DAY + " of its date; send them in parts";
            spoil(new Mistaken(ofDay.get(ImportLines.MOST_OF_A_DAY).number(), date.toString(), most));
        }
        boolean done = !spoiled.contains(date.toString()) && booked(date, ofDay);
        if (done) {
            imported += ofDay.size();
        }
        return new DayReport(date.toString(), ofDay.size(), done);
    }

    private boolean booked(LocalDate date, List<Line> ofDay) {
        List<Asked> asked = ofDay.stream()
                .map(line -> ask.apply(line, line.order().on(date)))
                .toList();
        try {
            List<Decision> decisions =
                    book.decideTogether(new DayKey(venue, date), asked).await().atMost(LONGEST_DAY);
            return judged(ofDay, decisions);
        } catch (Problem problem) {
            errors.add(new LineError(ofDay.get(0).number(), problem.type().uri(), problem.getMessage()));
            return false;
        }
    }

    private boolean judged(List<Line> ofDay, List<Decision> decisions) {
        boolean all = true;
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i) instanceof Refusal refused) {
                Problem problem = Refusals.problem(refused);
                errors.add(new LineError(ofDay.get(i).number(), problem.type().uri(), problem.getMessage()));
                all = false;
            } else if (decisions.get(i) instanceof Decision.Replayed) {
                replayed++;
            }
        }
        return all;
    }
}
