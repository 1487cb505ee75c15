package io.lasttable.booking.waitlist;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.access.ManageTokens;
import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.Links;
import io.lasttable.booking.daybook.WaitlistEntryView;
import io.lasttable.booking.daybook.WaitlistPage;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Answer;
import io.lasttable.booking.reservation.Refusals;
import io.lasttable.booking.reservation.Sight;
import io.lasttable.booking.reservation.Warnings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A waitlist entry as callers get it: with its ETag, its watch token and, for those who may hand it on, the guest's link. */
@ApplicationScoped
class WaitlistAnswers {

    private static final Duration WATCHABLE_AFTER_CLOSE = Duration.ofDays(1);

    private final WatchTokens watchTokens;
    private final ManageTokens manageTokens;

    WaitlistAnswers(WatchTokens watchTokens, ManageTokens manageTokens) {
        this.watchTokens = watchTokens;
        this.manageTokens = manageTokens;
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
            Answer answer = tagged(201, entry, WaitlistEntryView.of(entry, links(entry, true)))
                    .with("Location", "/v1/waitlist/" + entry.id());
            return Warnings.on(answer, ((Decision.Listed) decision).other(), sight);
        };
    }

    /** Of a decision that changed an entry, as much as the caller may see; throws the problem when it was refused. */
    Function<Decision, Answer> changed(Sight sight) {
        return decision -> {
            WaitlistEntry entry = listed(decision);
            return tagged(200, entry, view(entry, sight));
        };
    }

    /** As much of it as the caller may see. */
    Response ok(WaitlistEntry entry, Sight sight) {
        return ok(entry, OptionalInt.empty(), sight);
    }

    /** @param position in line */
    Response ok(WaitlistEntry entry, OptionalInt position, Sight sight) {
        return tagged(200, entry, view(entry, sight).at(position)).response();
    }

    /** A page of the line. */
    Page page(WaitlistPage found, int limit, Sight sight) {
        List<WaitlistPage.Listed> entries = found.entries();
        return new Page(
                entries.stream()
                        .map(listed -> WaitlistEntryView.of(listed, links(listed.entry(), sight.links())))
                        .toList(),
                entries.size() == limit
                        ? Optional.of(LineFilters.behind(entries.get(limit - 1).entry()))
                        : Optional.empty());
    }

    /** @param cursor of the next page, when there may be one */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Page(List<WaitlistEntryView> items, Optional<String> cursor) {}

    private WaitlistEntryView view(WaitlistEntry entry, Sight sight) {
        Links links = links(entry, sight.links());
        if (sight.own()) {
            return WaitlistEntryView.own(entry, links);
        }
        return sight.all() ? WaitlistEntryView.of(entry, links) : WaitlistEntryView.withoutGuest(entry, links);
    }

    /** As in Kafka: who holds a watch token sees no personal data. */
    static Response publicly(WaitlistEntry entry, OptionalInt position) {
        return tagged(200, entry, WaitlistEntryView.publicly(entry).at(position))
                .response();
    }

    private Links links(WaitlistEntry entry, boolean manage) {
        String watch = watchTokens.forWaitlistEntry(
                entry.venueId(), entry.id(), entry.closesAt().plus(WATCHABLE_AFTER_CLOSE));
        return Links.of(
                watch,
                manage
                        ? Optional.of(manageTokens.forWaitlistEntry(entry.venueId(), entry.id(), entry.version()))
                        : Optional.empty());
    }

    private static Answer tagged(int status, WaitlistEntry entry, WaitlistEntryView view) {
        boolean erased = entry.guest().name().isEmpty();
        long version = entry.version();
        return Answer.of(status, view).with("ETag", erased ? EntityTags.ofErased(version) : EntityTags.of(version));
    }
}
