package io.lasttable.local;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** A zone in which it is about noon, so that no evening ends while the tests run, whenever they do. */
final class Noon {

    static final ZoneId ZONE = zone();

    /** The date there. */
    static final String DATE = ZonedDateTime.now(ZONE).toLocalDate().toString();

    private Noon() {}

    private static ZoneId zone() {
        int ahead = 12 - ZonedDateTime.now(ZoneOffset.UTC).getHour();
        return ZoneId.of(ahead == 0 ? "Etc/GMT" : "Etc/GMT" + (ahead > 0 ? "-" : "+") + Math.abs(ahead));
    }
}
