package io.lasttable.booking.day;

import io.lasttable.booking.day.Decision.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What one transaction makes of a day: commands decided in order, each on what the ones before it left.
 *
 * @param day after the step; its version is one higher when anything changed, else the same
 * @param decisions one for each command, in order
 * @param changes in order, holds that ran out included
 */
record DayStep(Day day, List<Decision> decisions, List<Change> changes) {

    static DayStep of(Day before, List<Command> commands, Instant now) {
        Day day = before;
        List<Decision> decisions = new ArrayList<>(commands.size());
        List<Change> changes = new ArrayList<>();
        for (Command command : commands) {
            Decision decision = day.decide(command, now);
            decisions.add(decision);
            if (decision instanceof Accepted accepted) {
                List<Change> caused = new ArrayList<>(day.displacedBy(accepted, now));
                caused.add(accepted.change());
                day = day.after(caused);
                changes.addAll(caused);
            }
        }
        return changes.isEmpty() ? new DayStep(before, decisions, changes) : withExpired(day, decisions, changes, now);
    }

    private static DayStep withExpired(Day day, List<Decision> decisions, List<Change> changes, Instant now) {
        List<Change> expired = day.expireHolds(now);
        changes.addAll(expired);
        return new DayStep(day.after(expired).committed(), decisions, changes);
    }

    /** Each changed reservation once, as the step leaves it. */
    List<Reservation> changed() {
        Map<UUID, Reservation> last = new LinkedHashMap<>();
        for (Change change : changes) {
            last.put(change.after().id(), change.after());
        }
        return List.copyOf(last.values());
    }
}
