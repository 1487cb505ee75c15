package io.lasttable.benchmark.history;

/** A venue's service date, as it is named in Kafka: {@code venue/2026-11-28}. */
public record DayKey(String venueId, String date) {

    public static DayKey parse(String key) {
        int slash = key.indexOf('/');
        return new DayKey(key.substring(0, slash), key.substring(slash + 1));
    }

    @Override
    public String toString() {
        return venueId + "/" + date;
    }
}
