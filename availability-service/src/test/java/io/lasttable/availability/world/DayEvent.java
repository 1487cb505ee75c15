package io.lasttable.availability.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code aDay("chez-nous", "2099-11-27").version(3).slot("19:00", at, "{\"2\":1}")}. */
public record DayEvent(String venueId, String date, long version, String notice, List<String> slots) {

    public static DayEvent aDay(String venueId, String date) {
        return new DayEvent(venueId, date, 1, "PT30M", List.of());
    }

    public DayEvent version(long newer) {
        return new DayEvent(venueId, date, newer, notice, slots);
    }

    public DayEvent slot(String time, Instant startsAt, String left) {
        List<String> more = new ArrayList<>(slots);
        more.add("{\"time\":\"%s\",\"startsAt\":\"%s\",\"left\":%s}".formatted(time, startsAt, left));
        return new DayEvent(venueId, date, version, notice, more);
    }

    public DayEvent notice(String minNotice) {
        return new DayEvent(venueId, date, version, minNotice, slots);
    }

    public String key() {
        return venueId + "/" + date;
    }

    public String json() {
        return "{\"venueId\":\"%s\",\"date\":\"%s\",\"version\":%d,\"minNotice\":\"%s\",\"slots\":[%s]}"
                .formatted(venueId, date, version, notice, String.join(",", slots));
    }
}
