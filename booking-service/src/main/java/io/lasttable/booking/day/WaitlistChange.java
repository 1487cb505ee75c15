package io.lasttable.booking.day;

/** One step of one waitlist entry; {@code kind} is the last word of the event's type, {@code io.lasttable.waitlist.<kind>}. */
public record WaitlistChange(String kind, WaitlistEntry after) {

    static WaitlistChange joined(WaitlistEntry after) {
        return new WaitlistChange("joined", after);
    }

    /** It waits until another instant. */
    static WaitlistChange changed(WaitlistEntry after) {
        return new WaitlistChange("changed", after);
    }

    static WaitlistChange to(WaitlistEntry after) {
        return new WaitlistChange(after.status().label(), after);
    }
}
