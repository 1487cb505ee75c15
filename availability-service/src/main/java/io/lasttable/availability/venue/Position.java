package io.lasttable.availability.venue;

/**
 * A point on the earth, in degrees.
 *
 * <p>Nearness is compared by the straight line through the sphere (the chord, in metres), which grows with the distance
 * over ground, so that the database can walk an index of three-dimensional points in order. It holds at the poles and
 * across the date line.
 */
public record Position(double lat, double lon) {

    /** Mean earth radius (IUGG), metres. */
    private static final double RADIUS = 6_371_008.8;

    public Position {
        if (!(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180)) {
            throw new IllegalArgumentException("latitude is -90 to 90, longitude -180 to 180");
        }
    }

    /** Reads {@code lat,lon}. */
    public static Position parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("expected lat,lon");
        }
        return new Position(Double.parseDouble(parts[0].trim()), Double.parseDouble(parts[1].trim()));
    }

    /** The same point in metres from the centre of the earth. */
    public double[] metres() {
        double phi = Math.toRadians(lat);
        double lambda = Math.toRadians(lon);
        double ring = RADIUS * Math.cos(phi);
        return new double[] {ring * Math.cos(lambda), ring * Math.sin(lambda), RADIUS * Math.sin(phi)};
    }

    /** The chord for a distance over ground. */
    public static double chord(double groundMetres) {
        return 2 * RADIUS * Math.sin(Math.min(Math.PI / 2, groundMetres / (2 * RADIUS)));
    }

    /** The distance over ground for a chord. */
    public static double ground(double chordMetres) {
        return 2 * RADIUS * Math.asin(Math.min(1, chordMetres / (2 * RADIUS)));
    }
}
