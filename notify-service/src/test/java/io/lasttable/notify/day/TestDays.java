package io.lasttable.notify.day;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Days whose every version differs from the one before, mostly in one slot, at times in the slots it has. */
final class TestDays {

    private static final int SLOTS = 20;

    private TestDays() {}

    static DayState first(DayKey key, Random random) {
        return day(key, 1, random, Map.of());
    }

    static DayState next(DayState before, Random random) {
        return day(before.key(), before.version() + 1, random, slots(before));
    }

    private static DayState day(DayKey key, long version, Random random, Map<String, String> before) {
        int count = random.nextInt(20) == 0 || before.isEmpty() ? SLOTS - random.nextInt(3) : before.size();
        int changed = random.nextInt(count);
        List<DayState.Slot> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String at = "2026-11-28T%02d:00:00Z".formatted(i);
            boolean keep = i != changed && before.containsKey(at);
            String json = "{\"startsAt\":\"" + at + "\",\"left\":{\"2\":" + version + "}}";
            slots.add(new DayState.Slot(at, keep ? before.get(at) : json));
        }
        return new DayState(key, version, "PT0S", slots, 0);
    }

    /** What a browser shows that has the state. */
    static Map<String, String> slots(DayState state) {
        Map<String, String> slots = new TreeMap<>();
        Browser.json(new String(state.whole(), java.nio.charset.StandardCharsets.UTF_8).replaceFirst("^", "{"))
                .get("slots")
                .forEach(slot -> slots.put(slot.get("startsAt").asText(), slot.toString()));
        return slots;
    }
}
