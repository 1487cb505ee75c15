package io.lasttable.availability.projection;

import io.lasttable.availability.dataset.Restaurant;
import io.lasttable.availability.day.DayDocument;
import io.lasttable.availability.venue.VenueDocument;
import io.lasttable.availability.world.Database;
import java.time.LocalDate;
import java.util.List;

/** Fills the tables through the projection's own statements. */
public final class Loading {

    private static final int VENUES_A_BATCH = 50;

    private Loading() {}

    public static void load(Database database, List<Restaurant> venues, LocalDate first, int days) {
        for (int from = 0; from < venues.size(); from += VENUES_A_BATCH) {
            Batch batch = new Batch();
            for (Restaurant venue : venues.subList(from, Math.min(venues.size(), from + VENUES_A_BATCH))) {
                batch.add(new Change.VenueState(VenueDocument.read(venue.venueJson())));
                first.datesUntil(first.plusDays(days))
                        .map(venue::dayJson)
                        .forEach(json -> batch.add(new Change.DayState(DayDocument.read(json), json)));
            }
            Tables.LIVE
                    .upsertVenues(database.pool(), batch.venues())
                    .chain(() -> Tables.LIVE.upsertDays(database.pool(), batch.days()))
                    .await()
                    .indefinitely();
        }
    }
}
