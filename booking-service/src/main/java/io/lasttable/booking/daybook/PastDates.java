package io.lasttable.booking.daybook;

import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Goes through dates that are over, a date of each venue at a time and one after the other, until none is due. A crash leaves the rest for
 * the next walk, of any replica; two that meet at a date do the same, one behind the other.
 */
public final class PastDates {

    /** Venues that are looked up at once. */
    private static final int PAGE = 200;

    private final Look look;
    private final Function<Place, Uni<Integer>> work;

    /** @param date of the venue's first day that is still to be done; null when all are */
    public record Place(VenueId venue, LocalDate date) {}

    /** Up to {@code limit} venues in order of their ids, after the given one, all of them whether they have a date or none. */
    @FunctionalInterface
    public interface Look {
        Uni<List<Place>> after(String venue, int limit);
    }

    /**
     * One date of each venue of a page.
     *
     * @param after which venue the next one begins
     */
    private record Round(String after, int done, boolean isLast) {}

    private PastDates(Look look, Function<Place, Uni<Integer>> work) {
        this.look = look;
        this.work = work;
    }

    /**
     * @param work of one date, after which that date is not found any more; counts what it has done
     * @return the sum of what was done
     */
    public static Uni<Integer> each(Look look, Function<Place, Uni<Integer>> work) {
        PastDates dates = new PastDates(look, work);
        Round[] last = {new Round("", 0, false)};
        return Multi.createBy()
                .repeating()
                .uni(() -> dates.round(last[0].after()).invoke(round -> last[0] = round))
                .whilst(round -> !round.isLast())
                .collect()
                .with(Collectors.summingInt(Round::done));
    }

    static List<Place> places(RowSet<Row> rows) {
        List<Place> places = new ArrayList<>(rows.size());
        rows.forEach(row -> places.add(new Place(new VenueId(row.getString(0)), row.getLocalDate(1))));
        return places;
    }

    /** The page is looked at again until none of its venues has a date that is due. */
    private Uni<Round> round(String after) {
        return look.after(after, PAGE).chain(page -> {
            List<Place> due =
                    page.stream().filter(place -> place.date() != null).toList();
            String next = due.isEmpty() && !page.isEmpty()
                    ? page.get(page.size() - 1).venue().value()
                    : after;
            boolean isLast = due.isEmpty() && page.size() < PAGE;
            return done(due).map(done -> new Round(next, done, isLast));
        });
    }

    private Uni<Integer> done(List<Place> due) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }
}
