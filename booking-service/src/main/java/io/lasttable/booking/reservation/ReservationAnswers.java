package io.lasttable.booking.reservation;

import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.daybook.ReservationView;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.Function;

/** A reservation as callers get it: with its ETag and watch token. */
@ApplicationScoped
public class ReservationAnswers {

    private static final Duration WATCHABLE_AFTER_END = Duration.ofDays(1);

    private final WatchTokens watchTokens;

    ReservationAnswers(WatchTokens watchTokens) {
        this.watchTokens = watchTokens;
    }

    /** Of a decision that made a reservation, all of which the caller has said; throws the problem when it was refused. */
    Answer created(Decision decision) {
        Reservation reservation = Refusals.accepted(decision);
        return answer(201, reservation).with("Location", "/v1/reservations/" + reservation.id());
    }

    /** As {@link #created(Decision)}, and what else there is to say of it. */
    Function<Decision, Answer> created(Sight sight) {
        return decision -> Warnings.on(created(decision), Refusals.other(decision), sight);
    }

    /** Of a decision that changed a reservation, as much as the caller may see; throws the problem when it was refused. */
    public Function<Decision, Answer> changed(Sight sight) {
        return decision -> {
            Reservation reservation = Refusals.accepted(decision);
            Answer answer = sight.all() ? answer(200, reservation) : tagged(200, reservation, view(reservation, sight));
            return Warnings.on(answer, Refusals.other(decision), sight);
        };
    }

    Response ok(Reservation reservation) {
        return answer(200, reservation).response();
    }

    /** As in Kafka: who holds a watch token sees no personal data. */
    static Response publicly(Reservation reservation) {
        return tagged(200, reservation, ReservationView.publicly(reservation)).response();
    }

    /** With personal data. */
    ReservationView view(Reservation reservation) {
        return ReservationView.of(reservation, watchToken(reservation));
    }

    private ReservationView view(Reservation reservation, Sight sight) {
        return ReservationView.of(reservation, watchToken(reservation), sight.guest(), sight.note());
    }

    private String watchToken(Reservation reservation) {
        return watchTokens.forReservation(
                reservation.venueId(), reservation.id(), reservation.endsAt().plus(WATCHABLE_AFTER_END));
    }

    private Answer answer(int status, Reservation reservation) {
        return tagged(status, reservation, view(reservation));
    }

    private static Answer tagged(int status, Reservation reservation, ReservationView view) {
        boolean erased =
                reservation.guest().filter(guest -> guest.name().isEmpty()).isPresent();
        long version = reservation.version();
        return Answer.of(status, view).with("ETag", erased ? EntityTags.ofErased(version) : EntityTags.of(version));
    }
}
