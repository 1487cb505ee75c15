package io.lasttable.booking.daybook;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Caller;
import io.lasttable.booking.day.Actor;
import io.lasttable.booking.day.By;
import io.lasttable.booking.outbox.TraceParent;
import java.util.Optional;

/** Who sends the current request, as a day keeps it. */
public final class Requester {

    private static final int LONGEST_ID = 200;

    private Requester() {}

    public static By of(Access access) {
        return new By(actor(access.who()), Optional.empty(), Optional.of(TraceParent.current()));
    }

    private static Actor actor(Caller caller) {
        return switch (caller.kind()) {
            case GUEST -> Actor.GUEST;
            case GUEST_OF_KEY -> new Actor(Actor.Kind.GUEST, id(caller));
            case PERSON -> new Actor(Actor.Kind.STAFF, id(caller));
            case MACHINE -> new Actor(Actor.Kind.CLIENT, id(caller));
        };
    }

    private static Optional<String> id(Caller caller) {
        String id = caller.id();
        return Optional.of(id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id);
    }
}
