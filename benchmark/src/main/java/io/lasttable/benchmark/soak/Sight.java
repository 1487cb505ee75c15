package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.history.DayKey;
import io.lasttable.benchmark.history.Watcher;
import io.lasttable.benchmark.history.Watcher.Moment;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What one watcher has of its day, and since when it may believe it; written by its connection, read by the recorder. */
final class Sight {

    /** How far apart the words of a silent connection come when it is heard again. */
    private static final long BURST = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final DayKey day;
    private final boolean pushed;
    private final long silence;
    private final List<Moment> moments = new ArrayList<>();
    private Map<String, String> slots = new TreeMap<>();
    private long version;
    private boolean sure;
    private long heardAt = System.nanoTime();
    private long silentFrom = heardAt;
    private long silentUntil = heardAt - 2 * BURST;

    /**
     * @param pushed whether news comes by itself
     * @param pingInterval beyond which a connection that says nothing is silent
     */
    Sight(String name, DayKey day, boolean pushed, Duration pingInterval) {
        this.name = name;
        this.day = day;
        this.pushed = pushed;
        this.silence = pingInterval.toNanos() + BURST;
    }

    String name() {
        return name;
    }

    DayKey day() {
        return day;
    }

    synchronized long version() {
        return version;
    }

    synchronized boolean isSure() {
        return sure;
    }

    /** The connection has said something, be it a ping; before whatever it says is told. */
    synchronized void heard(long at) {
        if (at - heardAt > silence) {
            silentFrom = heardAt;
            silentUntil = at;
        }
        heardAt = at;
    }

    /** The whole state. */
    synchronized void state(JsonObject day, long at, boolean isSure, boolean resumed) {
        slots = new TreeMap<>();
        change(day, at, isSure, resumed);
    }

    /** The slots that have changed. */
    synchronized void change(JsonObject change, long at, boolean isSure, boolean resumed) {
        slots.putAll(slots(change.getJsonArray("slots")));
        version = change.getLong("version");
        sure = isSure;
        note(at, true, resumed);
    }

    /** No news, but a word on whether what is there is the newest. */
    synchronized void believe(boolean isSure) {
        if (sure != isSure) {
            sure = isSure;
            note(System.nanoTime(), false, false);
        }
    }

    private void note(long at, boolean news, boolean resumed) {
        boolean added = moments.add(new Moment(at, version, sure, news, resumed, heardUntil(at)));
        assert added;
    }

    private long heardUntil(long at) {
        if (at - heardAt > silence) {
            return heardAt;
        }
        return at - silentUntil < BURST ? silentFrom : at;
    }

    synchronized Watcher watcher() {
        return new Watcher(name, day, pushed, List.copyOf(moments), Map.copyOf(slots));
    }

    /** By start time what is left, as a day document has it. */
    static Map<String, String> slots(JsonArray slots) {
        Map<String, String> left = new TreeMap<>();
        for (Object each : slots) {
            JsonObject slot = (JsonObject) each;
            String before = left.put(
                    slot.getString("startsAt"),
                    new TreeMap<>(slot.getJsonObject("left").getMap()).toString());
            assert before == null;
        }
        return left;
    }
}
