package io.lasttable.booking.reservation;

import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.day.Reservation;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;

/** A reservation as callers get it: with its ETag and watch token. */
@ApplicationScoped
public class Answers {

    private static final Duration WATCHABLE_AFTER_END = Duration.ofDays(1);

    private final WatchTokens watchTokens;

    Answers(WatchTokens watchTokens) {
        this.watchTokens = watchTokens;
    }

    Response created(Reservation reservation) {
        return answer(Response.created(URI.create("/v1/reservations/" + reservation.id())), reservation);
    }

    public Response ok(Reservation reservation) {
        return answer(Response.ok(), reservation);
    }

    /** With personal data. */
    JsonObject json(Reservation reservation) {
        String token = watchTokens.forReservation(
                reservation.venueId(), reservation.id(), reservation.endsAt().plus(WATCHABLE_AFTER_END));
        return ReservationJson.write(reservation, token);
    }

    private Response answer(Response.ResponseBuilder response, Reservation reservation) {
        return response.header("ETag", "\"" + reservation.version() + "\"")
                .entity(json(reservation).encode())
                .build();
    }
}
