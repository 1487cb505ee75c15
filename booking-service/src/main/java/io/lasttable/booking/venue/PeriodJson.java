package io.lasttable.booking.venue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lasttable.booking.json.Fields;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Service periods as JSON, wherever a venue has them. */
final class PeriodJson {

    /** Longer than any list of tables or areas. */
    private static final int MAX_PLACES = 500;

    private static final int MAX_COVERS = 200;

    private PeriodJson() {}

    static ServicePeriod read(Fields fields) {
        ServicePeriod period = new ServicePeriod(
                fields.text("name", 60),
                days(fields),
                fields.time("firstSeating"),
                fields.time("lastSeating"),
                fields.duration("slotInterval", Duration.ofMinutes(5), Duration.ofHours(12)),
                fields.array("turnTimes", 20, turn -> turnTime(turn.fields())),
                fields.object("pacing").map(PeriodJson::pacing).orElse(OptionalInt.empty()),
                fields.optionalTime("sameDayCutoff"),
                fields.object("floorPlan").map(PeriodJson::floorPlan).orElse(FloorPlan.WHOLE));
        fields.refuseOthers();
        return period;
    }

    private static Set<DayOfWeek> days(Fields fields) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<Optional<DayOfWeek>> read = fields.array("days", 7, element -> {
            Optional<DayOfWeek> day = weekday(element.text(3));
            if (day.isEmpty()) {
                element.mistakes().add(element.pointer(), "must be one of MON, TUE, WED, THU, FRI, SAT, SUN");
            }
            return day;
        });
        read.forEach(day -> day.ifPresent(days::add));
        return days;
    }

    private static Optional<DayOfWeek> weekday(String name) {
        return List.of(DayOfWeek.values()).stream()
                .filter(day -> day.name().substring(0, 3).equals(name))
                .findFirst();
    }

    private static TurnTime turnTime(Fields fields) {
        TurnTime turn = new TurnTime(
                fields.integer("upToPartySize", 1, MAX_COVERS),
                fields.duration("duration", Duration.ofMinutes(5), Duration.ofHours(24)));
        fields.refuseOthers();
        return turn;
    }

    private static OptionalInt pacing(Fields fields) {
        OptionalInt most = fields.optionalInteger("maxCoversPerSlot", 1, 100_000)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        fields.refuseOthers();
        return most;
    }

    private static FloorPlan floorPlan(Fields fields) {
        FloorPlan plan = new FloorPlan(
                fields.array("areas", MAX_PLACES, area -> area.text(60)),
                fields.array("tables", MAX_PLACES, table -> table.text(40)));
        if (plan.isWhole()) {
            fields.refuse("areas", "or tables must name something; leave the floorPlan out for the whole house");
        }
        fields.refuseOthers();
        return plan;
    }

    static void write(List<ServicePeriod> periods, ArrayNode array) {
        for (ServicePeriod period : periods) {
            ObjectNode json = array.addObject().put("name", period.name());
            ArrayNode days = json.putArray("days");
            period.days().stream().sorted().forEach(day -> days.add(day.name().substring(0, 3)));
            json.put("firstSeating", period.firstSeating().toString())
                    .put("lastSeating", period.lastSeating().toString())
                    .put("slotInterval", period.slotInterval().toString());
            ArrayNode turns = json.putArray("turnTimes");
            period.turnTimes()
                    .forEach(turn -> turns.addObject()
                            .put("upToPartySize", turn.upToPartySize())
                            .put("duration", turn.duration().toString()));
            period.maxCoversPerSlot().ifPresent(most -> json.putObject("pacing").put("maxCoversPerSlot", most));
            period.sameDayCutoff().ifPresent(cutoff -> json.put("sameDayCutoff", cutoff.toString()));
            if (!period.floorPlan().isWhole()) {
                write(period.floorPlan(), json.putObject("floorPlan"));
            }
        }
    }

    private static void write(FloorPlan plan, ObjectNode json) {
        if (!plan.areas().isEmpty()) {
            plan.areas().forEach(json.putArray("areas")::add);
        }
        if (!plan.tables().isEmpty()) {
            plan.tables().forEach(json.putArray("tables")::add);
        }
    }
}
