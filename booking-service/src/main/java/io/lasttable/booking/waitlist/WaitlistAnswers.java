package io.lasttable.booking.waitlist;

import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.WaitlistEntryView;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Answer;
import io.lasttable.booking.reservation.Refusals;
import io.lasttable.booking.reservation.Sight;
import io.lasttable.booking.reservation.Warnings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** A waitlist entry as callers get it: with its ETag and watch token. */
@ApplicationScoped
class WaitlistAnswers {

    private static final Duration WATCHABLE_AFTER_CLOSE = Duration.ofDays(1);

    private final WatchTokens watchTokens;

    WaitlistAnswers(WatchTokens watchTokens) {
        this.watchTokens = watchTokens;
    }

    /** The entry as the command left it; throws the problem when it was refused. */
    static WaitlistEntry listed(Decision decision) {
        if (decision instanceof Refusal refusal) {
            throw Refusals.problem(refusal);
        }
        return ((Decision.Listed) decision).entry();
    }

    /** Of a decision that made an entry; throws the problem when it was refused. */
    Function<Decision, Answer> created(Sight sight) {
        return decision -> {
            WaitlistEntry entry = listed(decision);
            Answer answer = answer(201, entry).with("Location", "/v1/waitlist/" + entry.id());
            return Warnings.on(answer, ((Decision.Listed) decision).other(), sight);
        };
    }

    Response ok(WaitlistEntry entry) {
        return answer(200, entry).response();
    }

    /** As much of it as the caller may see. */
    Response ok(WaitlistEntry entry, Sight sight) {
        return sight.all()
                ? ok(entry)
                : tagged(200, entry, WaitlistEntryView.withoutGuest(entry, watchToken(entry)))
                        .response();
    }

    /** As in Kafka: who holds a watch token sees no personal data. */
    static Response publicly(WaitlistEntry entry) {
        return tagged(200, entry, WaitlistEntryView.publicly(entry)).response();
    }

    private Answer answer(int status, WaitlistEntry entry) {
        return tagged(status, entry, WaitlistEntryView.of(entry, watchToken(entry)));
    }

    private String watchToken(WaitlistEntry entry) {
        Instant until = entry.closesAt().plus(WATCHABLE_AFTER_CLOSE);
        return watchTokens.forWaitlistEntry(entry.venueId(), entry.id(), until);
    }

    private static Answer tagged(int status, WaitlistEntry entry, WaitlistEntryView view) {
        boolean erased = entry.guest().name().isEmpty();
        long version = entry.version();
        return Answer.of(status, view).with("ETag", erased ? EntityTags.ofErased(version) : EntityTags.of(version));
    }
}
