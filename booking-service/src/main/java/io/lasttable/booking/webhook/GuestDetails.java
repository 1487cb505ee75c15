package io.lasttable.booking.webhook;

import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.daybook.Links;
import io.lasttable.booking.daybook.ReservationView;
import io.lasttable.booking.daybook.WaitlistEntryView;
import io.lasttable.booking.json.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Guest and note of what an event is about, as they are when it is sent: an erased guest goes to nobody. */
@ApplicationScoped
class GuestDetails implements Function<Event, Uni<Optional<JsonObject>>> {

    private final Ledger ledger;

    GuestDetails(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<Optional<JsonObject>> apply(Event event) {
        if (event.type().startsWith("io.lasttable.reservation.")) {
            return ledger.reservation(UUID.fromString(event.subject()))
                    .map(found -> found.map(reservation -> Json.write(ReservationView.of(reservation, Links.NONE)))
                            .map(GuestDetails::personal));
        }
        if (event.type().startsWith("io.lasttable.waitlist.")) {
            return ledger.entry(UUID.fromString(event.subject()))
                    .map(found -> found.map(entry -> Json.write(WaitlistEntryView.of(entry, Links.NONE)))
                            .map(GuestDetails::personal));
        }
        return Uni.createFrom().item(Optional.empty());
    }

    private static JsonObject personal(String json) {
        JsonObject whole = new JsonObject(json);
        JsonObject personal = new JsonObject();
        for (String member : new String[] {"guest", "note"}) {
            Object value = whole.getValue(member);
            if (value != null) {
                personal.put(member, value);
            }
        }
        return personal;
    }
}
