package io.lasttable.availability.day;

import java.time.Instant;

/**
 * The one rule of what can still be booked: a slot that has not begun and that does not lie inside the day's minimum
 * notice. Day, calendar and search all ask here, at one instant.
 *
 * <p>Starts and notices are whole seconds, so the rule is a whole second too: the earliest start that can be booked. Half a
 * second after the last moment of the notice is too late, as it is for booking-service.
 *
 * @param notBegun the earliest start that lies after now, in seconds of the epoch
 * @param inTime the earliest start that is not before now, in seconds of the epoch
 */
public record Cutoff(long notBegun, long inTime) {

    /** The rule in SQL, of a start in seconds of the epoch: {@code inSql(start, "$4", "$5", "notice_seconds")}. */
    public static String inSql(String start, String notBegun, String inTime, String noticeSeconds) {
        return "%s >= greatest(%s::int8, %s::int8 + %s)".formatted(start, notBegun, inTime, noticeSeconds);
    }

    public static Cutoff at(Instant now) {
        long second = now.getEpochSecond();
        return new Cutoff(second + 1, now.getNano() == 0 ? second : second + 1);
    }

    /** Seconds of the epoch. */
    public long earliestStart(long noticeSeconds) {
        return Math.max(notBegun, inTime + noticeSeconds);
    }
}
