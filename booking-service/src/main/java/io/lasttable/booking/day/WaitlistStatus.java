package io.lasttable.booking.day;

import java.util.Locale;

/** Where a waitlist entry stands. {@code EXPIRED}: its offer ran out, or the last start it waited for has passed. */
public enum WaitlistStatus {
    WAITING,
    OFFERED,
    ACCEPTED,
    DECLINED,
    EXPIRED,
    WITHDRAWN;

    /** Whether the entry is still in line or has an offer to answer. */
    public boolean isOpen() {
        return this == WAITING || this == OFFERED;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static WaitlistStatus ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
