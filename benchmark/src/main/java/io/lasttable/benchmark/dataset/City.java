package io.lasttable.benchmark.dataset;

import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/** A city with its share of all venues; a third of them lie in its centre, the rest thin out over some districts. */
public record City(String name, ZoneId zone, double lat, double lon, int weight) {

    public static final List<City> ALL = List.of(
            city("New York", "America/New_York", 40.7306, -73.9866, 20),
            city("London", "Europe/London", 51.5136, -0.1365, 18),
            city("Paris", "Europe/Paris", 48.8606, 2.3376, 16),
            city("Tokyo", "Asia/Tokyo", 35.6762, 139.7503, 14),
            city("Berlin", "Europe/Berlin", 52.5200, 13.4050, 8),
            city("Sydney", "Australia/Sydney", -33.8688, 151.2093, 7),
            city("São Paulo", "America/Sao_Paulo", -23.5558, -46.6396, 6),
            city("Los Angeles", "America/Los_Angeles", 34.0522, -118.2437, 5),
            city("Mumbai", "Asia/Kolkata", 19.0760, 72.8777, 3),
            city("Auckland", "Pacific/Auckland", -36.8485, 174.7633, 2),
            city("Waitangi", "Pacific/Chatham", -43.9535, -176.5597, 1));

    private static final int WEIGHTS = ALL.stream().mapToInt(City::weight).sum();
    private static final double KM_PER_DEGREE = 111.2;
    private static final double CENTRE_KM = 1.2;
    private static final double DISTRICT_KM = 0.8;
    private static final double OUTSKIRTS_KM = 5;
    private static final int DISTRICTS = 9;

    static City draw(Random random) {
        int ticket = random.nextInt(WEIGHTS);
        for (City city : ALL) {
            ticket -= city.weight();
            if (ticket < 0) {
                return city;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /** Latitude and longitude of some place in the city. */
    double[] somewhere(Random random) {
        if (random.nextInt(3) == 0) {
            return around(lat, lon, CENTRE_KM, random);
        }
        Random map = new Random(name.hashCode() * 31L + random.nextInt(DISTRICTS));
        double[] district = around(lat, lon, OUTSKIRTS_KM, map);
        return around(district[0], district[1], DISTRICT_KM, random);
    }

    private static double[] around(double lat, double lon, double km, Random random) {
        double north = random.nextGaussian() * km / KM_PER_DEGREE;
        double east = random.nextGaussian() * km / KM_PER_DEGREE / Math.cos(Math.toRadians(lat));
        return new double[] {lat + north, lon + east};
    }

    private static City city(String name, String zone, double lat, double lon, int weight) {
        return new City(name, ZoneId.of(zone), lat, lon, weight);
    }
}
