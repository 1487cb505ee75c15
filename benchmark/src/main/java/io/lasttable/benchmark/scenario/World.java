package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.dataset.Dataset;
import io.lasttable.benchmark.dataset.DatasetFeed;
import io.lasttable.benchmark.dataset.Restaurant;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/** Ten thousand restaurants on the read side, loaded through Kafka as booking-service would have published them. */
final class World {

    static final int DAYS = 14;
    private static final LocalDate FIRST = LocalDate.now(ZoneOffset.UTC).plusDays(1);

    private final List<Restaurant> restaurants;

    private World(List<Restaurant> restaurants) {
        this.restaurants = restaurants;
    }

    /** Loads the first {@code venues} restaurants of the seed and waits until the read side has them. */
    static World load(Testbed bed, int venues) throws IOException, InterruptedException, SQLException {
        List<Restaurant> restaurants = Dataset.of(venues, bed.effort().seed());
        try (DatasetFeed feed = new DatasetFeed(bed.bootstrap())) {
            long sent = feed.publish(restaurants, FIRST, DAYS);
            assert sent > 0;
        }
        for (Restaurant restaurant : restaurants.subList(Math.max(0, venues - 50), venues)) {
            bed.api().awaitDay(restaurant.venueId(), FIRST.plusDays(DAYS - 1L).toString());
        }
        bed.vacuum("availability");
        return new World(restaurants);
    }

    Restaurant any(Random random) {
        return restaurants.get(random.nextInt(restaurants.size()));
    }

    static LocalDate anyDate(Random random) {
        return FIRST.plusDays(random.nextInt(DAYS));
    }
}
