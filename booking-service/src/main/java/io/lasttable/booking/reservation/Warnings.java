package io.lasttable.booking.reservation;

import io.lasttable.booking.day.OtherVisit;
import io.lasttable.booking.idempotency.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said beside a success. */
public final class Warnings {

    private Warnings() {}

    /**
     * @param sight the house is warned, and told which one it is if it may see reservations; guests are not, since anybody may name a
     *     number as theirs, to find out where its owner dines
     */
    public static Answer on(Answer answer, Optional<OtherVisit> other, Sight sight) {
        return other.filter(visit -> sight.house())
                .map(visit -> answer.plus("warnings", List.of(sameGuest(visit, sight))))
                .orElse(answer);
    }

    private static Map<String, Object> sameGuest(OtherVisit visit, Sight sight) {
        Map<String, Object> warning = new LinkedHashMap<>();
        warning.put("type", "same-guest");
        warning.put("detail", "The guest " + (visit.waits() ? "waits" : "is to come") + " at an overlapping time.");
        if (sight.all()) {
            warning.put(
                    visit.waits() ? "waitlistEntryId" : "reservationId",
                    visit.id().toString());
            warning.put("time", visit.time().toString());
        }
        return warning;
    }
}
