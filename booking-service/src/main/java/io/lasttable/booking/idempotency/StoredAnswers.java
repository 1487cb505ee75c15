package io.lasttable.booking.idempotency;

import io.lasttable.booking.daybook.Erasable;
import io.lasttable.booking.daybook.Sought;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Answers to idempotency keys, as an erasure sees them. */
@ApplicationScoped
public class StoredAnswers {

    private final ReceiptTable receipts;
    private final ContactHashes hashes;

    StoredAnswers(ReceiptTable receipts, ContactHashes hashes) {
        this.receipts = receipts;
        this.hashes = hashes;
    }

    /**
     * Takes guest and note out of the answers about these things, and of those that named this contact, which the guest may no
     * longer have.
     *
     * @param venues where to look; everywhere when absent
     */
    public Uni<Void> erase(
            SqlConnection transaction, List<Erasable> about, Sought sought, Optional<Set<String>> venues) {
        return receipts.erase(
                transaction,
                about.stream().flatMap(each -> Stream.of(each.venues())).toArray(String[]::new),
                about.stream()
                        .flatMap(each -> Stream.of(each.ids()).map(UUID::toString))
                        .toArray(String[]::new),
                hashes.ofAddresses(sought),
                hashes.ofNumbers(sought),
                venues.map(ids -> ids.toArray(String[]::new)).orElse(null));
    }
}
