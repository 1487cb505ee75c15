package io.lasttable.benchmark.history;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that was recorded of one run, after it has come to rest: what clients asked and were told, what Kafka, the
 * database and the read side hold, and what watchers saw meanwhile.
 *
 * @param tables of each venue, all of them alike
 * @param promise how old a state may be that a watcher has no reason to doubt
 * @param published {@code lasttable.reservations.v1}, each partition in its order
 * @param publishedDays versions on {@code lasttable.days.v1} in their order
 * @param documents the newest state of each day in Kafka: by start time what is left
 * @param days versions in the database
 * @param reservations as the database holds them
 * @param made how many reservations the database holds for each key
 * @param readSide versions that availability-service answers with
 */
public record History(
        int tables,
        Duration promise,
        List<Operation> operations,
        List<Change> published,
        Map<DayKey, List<Long>> publishedDays,
        Map<DayKey, Map<String, String>> documents,
        Map<DayKey, Long> days,
        List<Change> reservations,
        Map<String, Integer> made,
        Map<DayKey, Long> readSide,
        List<Watcher> watchers) {

    /** By kind of watcher, how old the oldest state was that one believed in: since when a newer one had been acknowledged. */
    public Map<String, Duration> oldestBeliefs() {
        return StaleRule.longestByName(this);
    }
}
