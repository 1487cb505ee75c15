package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The watching half of a load process: opens {@link Watchers} and answers what they have seen. */
final class WatchTasks {

    private Watchers watchers;
    private CommitTimes commits;

    /** Opens {@code count} sockets and waits until each has its first state; fails after {@code within} seconds. */
    JsonObject open(JsonObject asked) throws Exception {
        JsonObject closed = close(asked);
        assert closed.isEmpty();
        if (asked.containsKey("bootstrap")) {
            commits = new CommitTimes(asked.getString("bootstrap"));
        }
        long from = System.nanoTime();
        watchers = new Watchers(plan(asked));
        await(asked.getInteger("within", 60));
        return new JsonObject()
                .put("ready", watchers.sightings().ready())
                .put("seconds", (System.nanoTime() - from) / 1e9)
                .put("lost", watchers.lost());
    }

    JsonObject reset(JsonObject asked) {
        watchers.sightings().reset(asked.getBoolean("log", false));
        return new JsonObject();
    }

    JsonObject count(JsonObject asked) {
        return new JsonObject()
                .put("frames", watchers.sightings().frames())
                .put("bytes", watchers.sightings().bytes())
                .put("lost", watchers.lost())
                .put("disorder", watchers.sightings().disorder())
                .put("failure", watchers.lastFailure());
    }

    /**
     * From the decision on each version to its arrival at each watcher. A version that was conflated arrives with the next
     * newer one, and counts so.
     */
    JsonObject latency(JsonObject asked) {
        Latencies latencies = new Latencies();
        AtomicLong unknown = new AtomicLong();
        Set<Long> versions = new HashSet<>();
        List<Watchers.DayName> days = watchers.plan().days();
        watchers.sightings().eachArrival((day, from, to, micros) -> {
            for (long version = from + 1; version <= to; version++) {
                var decided = commits.of(days.get(day), version);
                if (decided.isPresent()) {
                    latencies.add(micros - decided.getAsLong());
                    versions.add((long) day << 32 | version);
                } else {
                    unknown.incrementAndGet();
                }
            }
        });
        return latencies.json().put("versions", versions.size()).put("unknown", unknown.get());
    }

    /** How many watchers are behind the newest version of their day as {@code newest} has it. */
    JsonObject versions(JsonObject asked) {
        Map<Integer, Long> newest = new HashMap<>();
        JsonArray wanted = asked.getJsonArray("newest");
        IntStream.range(0, wanted.size()).forEach(day -> newest.put(day, wanted.getLong(day)));
        long[] seen = watchers.versions();
        long stale = IntStream.range(0, seen.length)
                .filter(i -> seen[i] < newest.get(watchers.plan().dayOf(i)))
                .count();
        return new JsonObject().put("stale", stale).put("watchers", seen.length);
    }

    /** Cuts some connections, chosen by {@code seed}. */
    JsonObject cut(JsonObject asked) {
        Random random = new Random(asked.getLong("seed"));
        int count = watchers.plan().count();
        watchers.cut(random.ints(asked.getInteger("count"), 0, count).boxed().toList());
        return new JsonObject();
    }

    /** Cuts all at once and waits until each has come back and been told the newest; fails after {@code within} seconds. */
    JsonObject storm(JsonObject asked) {
        Watchers.Plan plan = watchers.plan();
        int refusedBefore = watchers.refused();
        int lostBefore = watchers.lost();
        long from = System.nanoTime();
        watchers.cut(IntStream.range(0, plan.count()).boxed().toList());
        long deadline = from + TimeUnit.SECONDS.toNanos(asked.getInteger("within", 60));
        while (watchers.lost() - lostBefore < plan.count()
                || watchers.sightings().served() < plan.count()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Only " + watchers.sightings().served() + " of " + plan.count()
                        + " are served again; last failure: " + watchers.lastFailure());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return new JsonObject()
                .put("seconds", (System.nanoTime() - from) / 1e9)
                .put("refused", watchers.refused() - refusedBefore)
                .put("lost", watchers.lost() - lostBefore - plan.count());
    }

    JsonObject close(JsonObject asked) throws Exception {
        if (watchers != null) {
            watchers.close();
            watchers = null;
        }
        if (commits != null) {
            commits.close();
            commits = null;
        }
        return new JsonObject();
    }

    private void await(int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (watchers.sightings().ready() + watchers.lost() < watchers.plan().count()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Only " + watchers.sightings().ready() + " of "
                        + watchers.plan().count() + " sockets are ready after " + seconds + " s; last failure: "
                        + watchers.lastFailure());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static Watchers.Plan plan(JsonObject asked) {
        List<Integer> ports = new ArrayList<>();
        asked.getJsonArray("ports").forEach(port -> ports.add((Integer) port));
        List<Watchers.DayName> days = new ArrayList<>();
        asked.getJsonArray("days", new JsonArray()).forEach(day -> {
            String[] parts = day.toString().split("/", 2);
            days.add(new Watchers.DayName(parts[0], parts[1]));
        });
        return new Watchers.Plan(
                ports,
                asked.getInteger("count"),
                asked.getString("path", "/v1/live"),
                asked.getString("subprotocol", "lasttable.v1"),
                days,
                asked.getBoolean("reconnects", false),
                asked.getInteger("backAfterMs", 300));
    }
}
