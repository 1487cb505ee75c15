package io.lasttable.booking.reservation;

import io.lasttable.booking.access.ManageTokens;
import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.daybook.Links;
import io.lasttable.booking.daybook.ReservationView;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Answer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A reservation as callers get it: with its ETag, its watch token and, for those who may hand it on, the guest's link. */
@ApplicationScoped
public class ReservationAnswers {

    private static final Duration WATCHABLE_AFTER_END = Duration.ofDays(1);

    private final WatchTokens watchTokens;
    private final ManageTokens manageTokens;

    ReservationAnswers(WatchTokens watchTokens, ManageTokens manageTokens) {
        this.watchTokens = watchTokens;
        this.manageTokens = manageTokens;
    }

    /** Of a decision that made a reservation, all of which the caller has said; throws the problem when it was refused. */
    Answer created(Decision decision) {
        Reservation reservation = Refusals.accepted(decision);
        return tagged(201, reservation, made(reservation)).with("Location", "/v1/reservations/" + reservation.id());
    }

    /** As {@link #created(Decision)}, and what else there is to say of it. */
    Function<Decision, Answer> created(Sight sight) {
        return decision -> Warnings.on(created(decision), Refusals.other(decision), sight);
    }

    /** Of a decision that changed a reservation, as much as the caller may see; throws the problem when it was refused. */
    public Function<Decision, Answer> changed(Sight sight) {
        return decision -> {
            Reservation reservation = Refusals.accepted(decision);
            return Warnings.on(tagged(200, reservation, view(reservation, sight)), Refusals.other(decision), sight);
        };
    }

    Response ok(Reservation reservation, Sight sight) {
        return tagged(200, reservation, view(reservation, sight)).response();
    }

    /** For the guest, with what they may do themselves, and until when. */
    Response own(Reservation reservation, Map<String, String> allowed) {
        Links links = links(reservation, true)
                .with(allowed)
                .calendar(OwnCalendarAddress.of(
                        manageTokens.forCalendarOf(reservation.venueId(), reservation.id(), reservation.version())));
        return tagged(200, reservation, ReservationView.own(reservation, links)).response();
    }

    /** As in Kafka: who holds a watch token sees no personal data. */
    static Response publicly(Reservation reservation) {
        return tagged(200, reservation, ReservationView.publicly(reservation)).response();
    }

    /** With personal data, for who has said it. */
    ReservationView made(Reservation reservation) {
        return ReservationView.of(reservation, links(reservation, true));
    }

    ReservationView view(Reservation reservation, Sight sight) {
        Links links = links(reservation, sight.links());
        if (sight.own()) {
            return ReservationView.own(reservation, links);
        }
        return sight.all()
                ? ReservationView.of(reservation, links)
                : ReservationView.of(reservation, links, sight.guest(), sight.note());
    }

    private Links links(Reservation reservation, boolean manage) {
        String watch = watchTokens.forReservation(
                reservation.venueId(), reservation.id(), reservation.endsAt().plus(WATCHABLE_AFTER_END));
        return Links.of(
                watch,
                manage
                        ? Optional.of(manageTokens.forReservation(
                                reservation.venueId(), reservation.id(), reservation.version()))
                        : Optional.empty());
    }

    private static Answer tagged(int status, Reservation reservation, ReservationView view) {
        boolean erased =
                reservation.guest().filter(guest -> guest.name().isEmpty()).isPresent();
        long version = reservation.version();
        return Answer.of(status, view).with("ETag", erased ? EntityTags.ofErased(version) : EntityTags.of(version));
    }
}
