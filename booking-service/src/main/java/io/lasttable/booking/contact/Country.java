package io.lasttable.booking.contact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where national telephone numbers are dialled.
 *
 * @param code ISO 3166-1 alpha-2
 */
public record Country(String code) {

    private static final String FILE = "zone-countries.txt";
    private static final Map<String, Country> BY_ZONE = read();

    /** The country that the tz database has an IANA zone in; none for zones of no country, such as {@code UTC}. */
    public static Optional<Country> ofZone(String zone) {
        return Optional.ofNullable(zone).map(BY_ZONE::get);
    }

    private static Map<String, Country> read() {
        Map<String, Country> countries = new HashMap<>();
        try (InputStream file = Country.class.getResourceAsStream(FILE)) {
            new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(names -> {
                        for (int i = 1; i < names.length; i++) {
                            countries.put(names[i], new Country(names[0]));
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(countries);
    }
}
