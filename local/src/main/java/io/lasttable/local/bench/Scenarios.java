package io.lasttable.local.bench;

import io.lasttable.local.bench.bed.Scenario;
import io.lasttable.local.bench.scenario.ColdStart;
import io.lasttable.local.bench.scenario.DayRead;
import io.lasttable.local.bench.scenario.DoubleClick;
import io.lasttable.local.bench.scenario.FanOut;
import io.lasttable.local.bench.scenario.FridayEvening;
import io.lasttable.local.bench.scenario.GrowthDays;
import io.lasttable.local.bench.scenario.GrowthReplicas;
import io.lasttable.local.bench.scenario.GrowthReservations;
import io.lasttable.local.bench.scenario.GrowthWatchers;
import io.lasttable.local.bench.scenario.HoldHoarder;
import io.lasttable.local.bench.scenario.HotDay;
import io.lasttable.local.bench.scenario.IdleMemory;
import io.lasttable.local.bench.scenario.LastTable;
import io.lasttable.local.bench.scenario.LiveLatency;
import io.lasttable.local.bench.scenario.LongTransaction;
import io.lasttable.local.bench.scenario.MidnightDrop;
import io.lasttable.local.bench.scenario.ReconnectStorm;
import io.lasttable.local.bench.scenario.Search;
import io.lasttable.local.bench.scenario.SpreadBookings;
import io.lasttable.local.bench.scenario.StormCancel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All scenarios, in the order in which {@code all} runs them. */
final class Scenarios {

    private static final List<Scenario> ALL = List.of(
            new LiveLatency(),
            new FanOut(),
            new IdleMemory(),
            new ReconnectStorm(),
            new SpreadBookings(),
            new LastTable(),
            new HotDay(),
            new DayRead(),
            new Search(),
            new ColdStart(),
            new GrowthWatchers(),
            new GrowthDays(),
            new GrowthReplicas(),
            new GrowthReservations(),
            new MidnightDrop(),
            new FridayEvening(),
            new StormCancel(),
            new HoldHoarder(),
            new DoubleClick(),
            new LongTransaction());

    private Scenarios() {}

    /** @param names separated by commas, or {@code all} */
    static List<Scenario> named(String names) {
        if (names.equals("all")) {
            return ALL;
        }
        List<Scenario> chosen = new ArrayList<>();
        for (String name : Arrays.asList(names.split(","))) {
            chosen.add(ALL.stream()
                    .filter(scenario -> scenario.name().equals(name.trim()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "-Dlocal.scenario=" + name + " is unknown; use all or some of " + known())));
        }
        return chosen;
    }

    private static String known() {
        return ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
    }
}
