package io.lasttable.availability.search;

import io.lasttable.availability.venue.Position;
import io.lasttable.availability.venue.SearchKey;
import io.lasttable.availability.world.VenueEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** What a search must find, told the slow way: every slot of every venue is looked at, and distance is the haversine. */
final class NaiveSearch {

    private static final double EARTH_KM = 6_371.0088;
    private static final Duration NOTICE = Duration.ofMinutes(30);
    private static final int MOST_SLOTS = 5;

    private NaiveSearch() {}

    record NaiveVenue(VenueEvent event, List<NaiveSlot> slots) {}

    /** @param party the only party size with something left, 0 for none */
    record NaiveSlot(LocalDate date, LocalDateTime local, Instant start, int party) {

        /** Empty for a local time that does not exist. */
        static Optional<NaiveSlot> at(VenueEvent venue, LocalDate date, int minute, Random random) {
            LocalDateTime local = date.atStartOfDay().plusMinutes(minute);
            var start = local.atZone(ZoneId.of(venue.zone()));
            return start.toLocalDateTime().equals(local)
                    ? Optional.of(new NaiveSlot(date, local, start.toInstant(), random.nextInt(5)))
                    : Optional.empty();
        }

        String leftJson() {
            return party == 0 ? "{}" : "{\"" + party + "\":1}";
        }

        private Duration away(SearchRequest wanted) {
            return Duration.between(wanted.date().atTime(wanted.time()), local).abs();
        }

        private boolean fits(SearchRequest wanted, Duration window, Instant now) {
            return party == wanted.party().value()
                    && start.isAfter(now)
                    && !start.isBefore(now.plus(NOTICE))
                    && away(wanted).compareTo(window) <= 0;
        }
    }

    private record Hit(NaiveVenue venue, double km, Duration away, List<NaiveSlot> slots) {}

    static List<String> of(List<NaiveVenue> world, SearchRequest wanted, Duration window, Instant now) {
        return world.stream()
                .map(venue -> hit(venue, wanted, window, now))
                .filter(hit ->
                        !hit.slots().isEmpty() && hit.km() <= (wanted.near().isPresent() ? wanted.radiusKm() : 0))
                .filter(hit -> matches(hit.venue().event(), wanted))
                .sorted(Comparator.comparingDouble(Hit::km)
                        .thenComparing(Hit::away)
                        .thenComparing(hit -> hit.venue().event().venueId()))
                .map(hit -> text(
                        hit.venue().event().venueId(),
                        hit.away().toMinutes(),
                        hit.slots().stream().map(slot -> slot.date() + " " + slot.start())))
                .toList();
    }

    static String text(Found.FoundVenue venue) {
        return text(
                venue.venueId(),
                venue.minutesAway(),
                venue.slots().stream().map(slot -> slot.date() + " " + slot.startsAt()));
    }

    private static String text(String id, long minutes, java.util.stream.Stream<String> slots) {
        return slots.collect(Collectors.joining(", ", id + " " + minutes + " min: ", ""));
    }

    private static Hit hit(NaiveVenue venue, SearchRequest wanted, Duration window, Instant now) {
        List<NaiveSlot> nearest = venue.slots().stream()
                .filter(slot -> slot.fits(wanted, window, now))
                .sorted(Comparator.comparing((NaiveSlot slot) -> slot.away(wanted))
                        .thenComparing(NaiveSlot::start))
                .limit(MOST_SLOTS)
                .sorted(Comparator.comparing(NaiveSlot::start).thenComparing(NaiveSlot::date))
                .toList();
        Duration away = nearest.stream()
                .map(slot -> slot.away(wanted))
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        double km = wanted.near().map(here -> haversine(here, venue.event())).orElse(0.0);
        return new Hit(venue, km, away, nearest);
    }

    private static boolean matches(VenueEvent venue, SearchRequest wanted) {
        boolean city =
                wanted.city().map(key -> SearchKey.of(venue.city()).equals(key)).orElse(true);
        boolean cuisine = wanted.cuisine()
                .map(key -> venue.cuisines().stream().map(SearchKey::of).anyMatch(key::equals))
                .orElse(true);
        return city && cuisine;
    }

    private static double haversine(Position here, VenueEvent there) {
        double phi1 = Math.toRadians(here.lat());
        double phi2 = Math.toRadians(there.lat());
        double lambda = Math.toRadians(there.lon() - here.lon());
        double half = Math.pow(Math.sin((phi2 - phi1) / 2), 2)
                + Math.cos(phi1) * Math.cos(phi2) * Math.pow(Math.sin(lambda / 2), 2);
        return 2 * EARTH_KM * Math.asin(Math.sqrt(half));
    }
}
