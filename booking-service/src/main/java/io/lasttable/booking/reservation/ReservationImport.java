package io.lasttable.booking.reservation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.daybook.Asked;
import io.lasttable.booking.daybook.DayBook;
import io.lasttable.booking.daybook.ExternalIdTaken;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.ImportLines.Line;
import io.lasttable.booking.reservation.ImportLines.Mistaken;
import io.lasttable.booking.venue.Venue;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Brings the reservations of another system in: all of a day or none of it, one transaction, one version and one event for each day.
 * A day with a mistaken line, or with one that the venue cannot seat, is left as it was, and the report says why. A line whose
 * date cannot be read may be of any day, and keeps all of them out.
 *
 * <p>A line makes a reservation whose id is made of its {@code externalId}, or else of what it says, and of how many lines before it
 * say the same. So whatever is sent again, the same file or a mended one, after a minute or a month, is known by it and is not
 * imported twice.
 *
 * <p>Runs on a worker thread.
 */
final class ReservationImport {

    private static final Duration LONGEST_DAY = Duration.ofSeconds(60);

    /** A line and the reservation that it makes. */
    private record Entry(Line line, UUID id) {

        Optional<String> externalId() {
            return line.order().labels().externalId();
        }
    }

    private final Venue venue;
    private final DayBook book;
    private final Ledger ledger;
    private final BiFunction<Line, Command, Asked> ask;
    private final Map<LocalDate, List<Entry>> days = new TreeMap<>();
    private final Map<String, Integer> said = new HashMap<>();
    private final Set<LocalDate> spoiled = new HashSet<>();
    private final List<LineError> errors = new ArrayList<>();
    private boolean allSpoiled;
    private int lines;
    private int imported;
    private int replayed;

    ReservationImport(Venue venue, DayBook book, Ledger ledger, BiFunction<Line, Command, Asked> ask) {
        this.venue = venue;
        this.book = book;
        this.ledger = ledger;
        this.ask = ask;
    }

    /**
     * @param imported lines that are in
     * @param replayed those of them that were in before
     * @param ignoredColumns that mean nothing here, when the caller wants them left out
     */
    record Report(
            int lines,
            int imported,
            int replayed,
            List<DayReport> days,
            List<LineError> errors,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> ignoredColumns) {

        /** Whether there was nothing left to do. */
        boolean isReplayed() {
            return replayed > 0 && replayed == imported;
        }
    }

    record DayReport(String date, int lines, boolean imported) {}

    /** @param type of the problem */
    record LineError(long line, String type, String detail) {}

    /** Reads the whole file, then books day by day. */
    Report run(String csv, boolean ignoreUnknown) {
        List<String> ignored = new ImportLines(venue, this::take, this::take).read(csv, ignoreUnknown);
        List<DayReport> report = new ArrayList<>();
        days.forEach((date, ofDay) -> report.add(book(date, ofDay)));
        errors.sort(Comparator.comparing(LineError::line));
        return new Report(lines, imported, replayed, report, errors, ignored);
    }

    private void take(Line line) {
        LocalDate date = line.order().date().orElseThrow();
        if (line.order().isWalkIn()) {
            take(new Mistaken(
                    line.number(),
                    line.order().date(),
                    "a walk-in is seated when it comes, not imported: leave the line out"));
            return;
        }
        lines++;
        Optional<String> externalId = line.order().labels().externalId();
        int before = said.merge(externalId.orElse(line.text()), 1, Integer::sum);
        if (externalId.isPresent() && before > 1) {
            lines--;
            take(new Mistaken(line.number(), line.order().date(), "another line has this externalId"));
            return;
        }
        String name =
                venue.id() + "\n" + externalId.map(id -> "externalId\n" + id).orElse(line.text() + "\n" + before);
        days.computeIfAbsent(date, none -> new ArrayList<>())
                .add(new Entry(line, UUID.nameUUIDFromBytes(name.getBytes(UTF_8))));
    }

    private void take(Mistaken line) {
        lines++;
        spoil(line);
    }

    private void spoil(Mistaken line) {
        line.date().ifPresentOrElse(spoiled::add, () -> allSpoiled = true);
        String whatNow = line.date().isPresent() ? "" : "; it may be of any day, so none of the file is imported";
        errors.add(new LineError(line.number(), "/problems/validation-error", line.detail() + whatNow));
    }

    private DayReport book(LocalDate date, List<Entry> ofDay) {
        if (ofDay.size() > ImportLines.MOST_OF_A_DAY) {
            String most = "is one of more than " + ImportLines.MOST_OF_A_DAY + " of its date; send them in parts";
            spoil(new Mistaken(ofDay.get(ImportLines.MOST_OF_A_DAY).line().number(), Optional.of(date), most));
        }
        boolean done = !allSpoiled && !spoiled.contains(date) && booked(date, ofDay);
        if (done) {
            imported += ofDay.size();
        }
        return new DayReport(date.toString(), ofDay.size(), done);
    }

    private boolean booked(LocalDate date, List<Entry> ofDay) {
        List<Entry> news = news(ofDay);
        boolean done = news.isEmpty() || decided(date, news);
        replayed += done ? ofDay.size() - news.size() : 0;
        return done;
    }

    /** What is not in yet, by this way or any other. */
    private List<Entry> news(List<Entry> ofDay) {
        Set<UUID> known = ledger.known(venue.id(), ofDay.stream().map(Entry::id).toList())
                .await()
                .atMost(LONGEST_DAY);
        List<String> externalIds =
                ofDay.stream().flatMap(entry -> entry.externalId().stream()).toList();
        Set<String> called = ledger.byExternalIds(venue.id(), externalIds)
                .await()
                .atMost(LONGEST_DAY)
                .keySet();
        return ofDay.stream()
                .filter(entry -> !known.contains(entry.id())
                        && entry.externalId().filter(called::contains).isEmpty())
                .toList();
    }

    private boolean decided(LocalDate date, List<Entry> news) {
        List<Asked> asked = news.stream()
                .map(entry -> ask.apply(entry.line(), entry.line().order().on(date, entry.id())))
                .toList();
        try {
            List<Decision> decisions = book.decideTogether(new DayKey(venue.id(), date), asked)
                    .await()
                    .atMost(LONGEST_DAY);
            return judged(news, decisions);
        } catch (Problem problem) {
            return refused(news, problem);
        } catch (ExternalIdTaken taken) {
            return refused(
                    news,
                    Problem.of(Problem.Type.EXTERNAL_ID_TAKEN, "somebody imports the same lines: send them again"));
        }
    }

    private boolean refused(List<Entry> news, Problem problem) {
        errors.add(new LineError(news.get(0).line().number(), problem.type().uri(), problem.getMessage()));
        return false;
    }

    private boolean judged(List<Entry> news, List<Decision> decisions) {
        boolean all = true;
        int before = 0;
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i) instanceof Refusal refused) {
                Problem problem = Refusals.problem(refused);
                errors.add(new LineError(
                        news.get(i).line().number(), problem.type().uri(), problem.getMessage()));
                all = false;
            } else if (decisions.get(i) instanceof Decision.Replayed) {
                before++;
            }
        }
        replayed += all ? before : 0;
        return all;
    }
}
