package io.lasttable.booking.daybook;

import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import io.lasttable.booking.venue.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A page of a venue's waitlist, in order of date and place in line. */
public record WaitlistPage(List<Listed> entries) {

    /** @param position among those of its day who wait, from 1; empty of one that does not */
    public record Listed(WaitlistEntry entry, OptionalInt position) {}

    /**
     * What is asked for.
     *
     * @param statuses empty for all
     * @param to the last date
     * @param after the ticket, of {@code from}, that the page before ended with
     */
    public record Search(
            VenueId venue, Set<WaitlistStatus> statuses, LocalDate from, LocalDate to, OptionalLong after, int limit) {}
}
