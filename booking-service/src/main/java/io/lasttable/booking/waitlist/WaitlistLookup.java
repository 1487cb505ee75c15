package io.lasttable.booking.waitlist;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.EndedLinks;
import io.lasttable.booking.access.Lookup;
import io.lasttable.booking.access.ManageTokens;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.access.WatchTokens;
import io.lasttable.booking.access.WatchTokens.Kind;
import io.lasttable.booking.access.WatchTokens.Watched;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Finds a waitlist entry for those who may see it ({@link Lookup}). */
@ApplicationScoped
class WaitlistLookup {

    private final Lookup<WaitlistEntry> lookup;

    WaitlistLookup(Ledger ledger, Access access, WatchTokens watchTokens, ManageTokens manageTokens) {
        Lookup.Tokens tokens = new Lookup.Tokens(watchTokens, manageTokens);
        lookup = new Lookup<>(
                access,
                tokens,
                Kind.WAITLIST,
                new InTheLedger(ledger),
                () -> Problem.of(Problem.Type.UNKNOWN_WAITLIST_ENTRY, "There is no such waitlist entry."));
    }

    /** By the guest's link when one is sent, else by a bearer token with the scope. */
    Uni<WaitlistEntry> own(String id, String manageToken, Scope scope) {
        return lookup.own(id, manageToken, scope);
    }

    Uni<WaitlistEntry> watched(String id, String watchToken) {
        return lookup.watched(id, watchToken);
    }

    private record InTheLedger(Ledger ledger) implements Lookup.Things<WaitlistEntry> {

        @Override
        public Uni<Optional<WaitlistEntry>> find(UUID id) {
            return ledger.entry(id);
        }

        @Override
        public Uni<EndedLinks> endedLinks(WaitlistEntry entry) {
            return ledger.endedLinks(entry);
        }

        @Override
        public Watched place(WaitlistEntry entry) {
            return new Watched(Kind.WAITLIST, entry.id(), entry.venueId());
        }

        @Override
        public Instant end(WaitlistEntry entry) {
            return entry.closesAt();
        }
    }
}
