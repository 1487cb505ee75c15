package io.lasttable.availability.world;

import java.util.List;
import java.util.stream.Collectors;

/** {@code aVenue("chez-nous").in("Paris", "Europe/Paris").at(48.85, 2.35).cooking("french")}. */
public record VenueEvent(
        String venueId, long version, String city, String zone, double lat, double lon, List<String> cuisines) {

    public static VenueEvent aVenue(String venueId) {
        return new VenueEvent(venueId, 1, "Paris", "Europe/Paris", 48.8566, 2.3522, List.of("french"));
    }

    public VenueEvent version(long newer) {
        return new VenueEvent(venueId, newer, city, zone, lat, lon, cuisines);
    }

    public VenueEvent in(String otherCity, String otherZone) {
        return new VenueEvent(venueId, version, otherCity, otherZone, lat, lon, cuisines);
    }

    public VenueEvent at(double otherLat, double otherLon) {
        return new VenueEvent(venueId, version, city, zone, otherLat, otherLon, cuisines);
    }

    public VenueEvent cooking(String... others) {
        return new VenueEvent(venueId, version, city, zone, lat, lon, List.of(others));
    }

    public String json() {
        String cooks = cuisines.stream().map(c -> '"' + c + '"').collect(Collectors.joining(",", "[", "]"));
        return """
                {"venueId":"%s","version":%d,"name":"%s","timeZone":"%s","city":"%s","cuisines":%s,
                 "location":{"lat":%s,"lon":%s},"tables":[],"combinations":[],"servicePeriods":[],"specialDays":[],
                 "bookingWindow":{"maxDaysAhead":60,"minNotice":"PT30M"}}""".formatted(venueId, version, venueId, zone, city, cooks, lat, lon);
    }
}
