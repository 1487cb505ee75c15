package io.lasttable.booking.daybook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.day.Guest;
import java.util.Optional;

/** A guest as those may see who may read reservations, or as who said it may hear it again: personal data. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record GuestView(Optional<String> name, Optional<String> email, Optional<String> phone) {

    public static GuestView of(Guest guest) {
        return new GuestView(guest.name(), guest.email(), guest.phone());
    }
}
