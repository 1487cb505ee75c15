package io.lasttable.notify.day;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A day as of a version.
 *
 * @param minNotice ISO 8601 duration, passed through
 * @param slots JSON of each slot by its instant, in order
 */
public record DayState(DayKey key, long version, String minNotice, Map<String, String> slots) {

    public DayState {
        slots = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    }

    /** The rest of a {@code day} frame behind its ref. */
    String whole() {
        return "\"venueId\":\"" + key.venueId() + "\",\"date\":\"" + key.date() + "\",\"version\":" + version
                + ",\"minNotice\":\"" + minNotice + "\",\"slots\":[" + String.join(",", slots.values()) + "]}";
    }

    /**
     * The rest of a {@code change} frame behind its ref, for one who has {@code older}; empty when a slot has gone, the
     * notice differs, or the whole day is as short.
     */
    Optional<String> changeFrom(DayState older) {
        if (!slots.keySet().containsAll(older.slots.keySet()) || !minNotice.equals(older.minNotice)) {
            return Optional.empty();
        }
        StringBuilder changed = new StringBuilder();
        slots.forEach((startsAt, slot) -> {
            if (!slot.equals(older.slots.get(startsAt))) {
                changed.append(changed.length() == 0 ? "" : ",").append(slot);
            }
        });
        String frame = "\"from\":" + older.version + ",\"version\":" + version + ",\"slots\":[" + changed + "]}";
        return frame.length() < whole().length() ? Optional.of(frame) : Optional.empty();
    }
}
