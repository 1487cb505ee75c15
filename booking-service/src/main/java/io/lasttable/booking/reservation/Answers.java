package io.lasttable.booking.reservation;

import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Reservation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;

/** What a caller gets: the reservation with its ETag and watch token, or the refusal as a problem. */
@ApplicationScoped
class Answers {

    private static final Duration WATCHABLE_AFTER_END = Duration.ofDays(1);

    private final WatchTokens watchTokens;

    Answers(WatchTokens watchTokens) {
        this.watchTokens = watchTokens;
    }

    static Reservation accepted(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            throw Refusals.problem(refused);
        }
        return ((Decision.Accepted) decision).change().after();
    }

    Response created(Reservation reservation) {
        return answer(Response.created(URI.create("/v1/reservations/" + reservation.id())), reservation);
    }

    Response ok(Reservation reservation) {
        return answer(Response.ok(), reservation);
    }

    private Response answer(Response.ResponseBuilder response, Reservation reservation) {
        String token = watchTokens.forReservation(
                reservation.venueId(), reservation.id(), reservation.endsAt().plus(WATCHABLE_AFTER_END));
        return response.header("ETag", "\"" + reservation.version() + "\"")
                .entity(ReservationJson.write(reservation, token).encode())
                .build();
    }
}
