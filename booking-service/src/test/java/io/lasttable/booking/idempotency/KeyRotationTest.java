package io.lasttable.booking.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.contact.Email;
import io.lasttable.booking.database.Parted;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.daybook.Sought;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Replicas on their way from one key to the next, each at another step, know one another's answers. */
@QuarkusTest
class KeyRotationTest {

    private static final String OLD = "the-key-of-before-0123456789abcdef";
    private static final String NEW = "the-key-from-now-on-0123456789abcdef";
    private static final VenueId VENUE = new VenueId("key-rotation");

    private static final KeyedHash TOLD_OF_THE_NEXT = new KeyedHash(OLD, Optional.of(NEW));
    private static final KeyedHash ROTATED = new KeyedHash(NEW, Optional.of(OLD));

    @Inject
    Pool database;

    @Test
    void anAnswerIsKnownAgainByReplicasThatWriteWithTheOtherKey() {
        store("first", TOLD_OF_THE_NEXT);
        store("second", ROTATED);
        assertThat(answers("first", ROTATED)).isEqualTo("answer to first");
        assertThat(answers("second", TOLD_OF_THE_NEXT)).isEqualTo("answer to second");
        assertThat(find(receipt("third", ROTATED))).isEmpty();
        assertThat(find(receipt("first", new KeyedHash(NEW, Optional.empty()))))
                .as("without the key of before")
                .isEmpty();
    }

    @Test
    void anotherRequestWithTheKeyIsToldApart() {
        store("reused", TOLD_OF_THE_NEXT);
        Receipt.Stored stored = find(receipt("reused", ROTATED)).get(key("reused", ROTATED));
        assertThat(stored.name())
                .isIn(names("reused", "body", ROTATED))
                .isNotIn(names("reused", "another body", ROTATED));
    }

    @Test
    void anErasureFindsAnswersUnderBothKeys() {
        Sought ada = new Sought(Email.parse("ada@example.com"), Optional.empty(), Set.of());
        assertThat(new ContactHashes(ROTATED).ofAddresses(ada))
                .contains(
                        new ContactHashes(TOLD_OF_THE_NEXT).ofEmail(Optional.of("Ada@Example.com")),
                        new ContactHashes(ROTATED).ofEmail(Optional.of("ada@example.com")));
    }

    private void store(String request, KeyedHash hash) {
        Receipt.Name name = receipt(request, hash).name();
        database.preparedQuery(
                        "insert into idempotency_receipt (venue_id, key, fingerprint, content) values ($1, $2, $3, $4)")
                .executeAndAwait(Tuple.of(VENUE.value(), name.key(), name.fingerprint(), "answer to " + request));
    }

    private String answers(String request, KeyedHash hash) {
        return find(receipt(request, hash)).get(key(request, hash)).answer();
    }

    private Map<String, Receipt.Stored> find(Receipt receipt) {
        return new ReceiptTable(new ContactHashes(ROTATED))
                .find(database, List.of(new Parted<>(0, receipt)))
                .await()
                .indefinitely()
                .getOrDefault(0, Map.of());
    }

    private static String key(String request, KeyedHash hash) {
        return receipt(request, hash).key();
    }

    private static Receipt receipt(String request, KeyedHash hash) {
        return new Receipt(VENUE, names(request, "body", hash));
    }

    private static List<Receipt.Name> names(String request, String body, KeyedHash hash) {
        return hash.each(secret -> new Receipt.Name(secret.of(request), secret.of(body)));
    }
}
