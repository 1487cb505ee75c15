package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import io.lasttable.booking.day.WaitlistWish;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Reservations and waitlist entries without personal data, as Kafka and the holders of watch tokens see them
 * (contract/schemas/reservation.v1.schema.json, waitlist.v1.schema.json).
 */
public final class PublicJson {

    private PublicJson() {}

    public static JsonObject of(Reservation r) {
        JsonObject json = new JsonObject()
                .put("id", r.id().toString())
                .put("venueId", r.venueId().value())
                .put("date", r.date().toString())
                .put("time", r.time().toString())
                .put("startsAt", r.startsAt().toString())
                .put("endsAt", r.endsAt().toString())
                .put("partySize", r.partySize())
                .put("tables", new JsonArray(r.tables()));
        r.area().ifPresent(area -> json.put("area", area));
        json.put("status", r.status().label());
        r.guest().ifPresent(guest -> json.put("guestRef", guest.ref().toString()));
        r.channel().ifPresent(channel -> json.put("channel", channel));
        json.put("version", r.version()).put("dayVersion", r.dayVersion());
        r.expiresAt().ifPresent(at -> json.put("expiresAt", at.toString()));
        return json;
    }

    public static JsonObject of(WaitlistEntry entry) {
        WaitlistWish wish = entry.wish();
        JsonObject json = new JsonObject()
                .put("id", entry.id().toString())
                .put("venueId", entry.venueId().value())
                .put("date", wish.date().toString())
                .put("from", wish.from().toString())
                .put("to", wish.to().toString())
                .put("partySize", wish.partySize());
        wish.area().ifPresent(area -> json.put("area", area));
        json.put("status", entry.status().label())
                .put("guestRef", entry.guest().ref().toString())
                .put("version", entry.version());
        entry.offer()
                .filter(offer -> entry.status() == WaitlistStatus.OFFERED)
                .ifPresent(offer -> json.put("offer", offer(offer)));
        return json;
    }

    private static JsonObject offer(WaitlistEntry.Offer offer) {
        return new JsonObject()
                .put("reservationId", offer.reservationId().toString())
                .put("time", offer.time().toString())
                .put("startsAt", offer.startsAt().toString())
                .put("expiresAt", offer.expiresAt().toString());
    }
}
