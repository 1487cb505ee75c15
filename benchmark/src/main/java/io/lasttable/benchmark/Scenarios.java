package io.lasttable.benchmark;

import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.scenario.ColdStart;
import io.lasttable.benchmark.scenario.DayRead;
import io.lasttable.benchmark.scenario.DaysTogether;
import io.lasttable.benchmark.scenario.DoubleClick;
import io.lasttable.benchmark.scenario.FanOut;
import io.lasttable.benchmark.scenario.FridayEvening;
import io.lasttable.benchmark.scenario.GrowthDays;
import io.lasttable.benchmark.scenario.GrowthReplicas;
import io.lasttable.benchmark.scenario.GrowthReservations;
import io.lasttable.benchmark.scenario.GrowthWatchers;
import io.lasttable.benchmark.scenario.GrowthYears;
import io.lasttable.benchmark.scenario.HoldHoarder;
import io.lasttable.benchmark.scenario.HotDay;
import io.lasttable.benchmark.scenario.IdleMemory;
import io.lasttable.benchmark.scenario.LastTable;
import io.lasttable.benchmark.scenario.Leaving;
import io.lasttable.benchmark.scenario.LiveLatency;
import io.lasttable.benchmark.scenario.LongTransaction;
import io.lasttable.benchmark.scenario.MidnightDrop;
import io.lasttable.benchmark.scenario.ReconnectStorm;
import io.lasttable.benchmark.scenario.Search;
import io.lasttable.benchmark.scenario.SpreadBookings;
import io.lasttable.benchmark.scenario.StormCancel;
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
            new Leaving(),
            new SpreadBookings(),
            new DaysTogether(),
            new LastTable(),
            new HotDay(),
            new DayRead(),
            new Search(),
            new ColdStart(),
            new GrowthWatchers(),
            new GrowthDays(),
            new GrowthReplicas(),
            new GrowthReservations(),
            new GrowthYears(),
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
