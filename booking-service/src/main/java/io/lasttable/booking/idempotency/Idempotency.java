package io.lasttable.booking.idempotency;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the {@code Idempotency-Key} of the current request asks for (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>A key belongs to a caller and a venue. The answer of a success is kept in the very transaction that grants it
 * ({@link Receipt}), so whatever crashes when: either nothing was done and nothing is known of the key, or both. A request
 * with a known key is answered from there; looking for it happens behind the day's lock, so two replicas that get the same
 * key at once grant it once. Within a replica a key that is still being worked on is refused. Refusals are not kept: they had no
 * effect, and asking again is honest.
 */
@RequestScoped
public class Idempotency {

    private static final String HEADER = "Idempotency-Key";

    /** Stands where the venue does for requests of no single venue; no venue has such an id. */
    private static final String EVERYWHERE = "*";

    private final HttpServerRequest request;
    private final Access access;
    private final RunningKeys running;
    private final ReceiptRows receipts;
    private final Pool database;
    private final KeyedHash hash;

    Idempotency(
            HttpServerRequest request,
            Access access,
            RunningKeys running,
            ReceiptRows receipts,
            Pool database,
            KeyedHash hash) {
        this.receipts = receipts;
        this.database = database;
        this.hash = hash;
        this.request = request;
        this.access = access;
        this.running = running;
    }

    /**
     * Has a command decided and answered, once for its key.
     *
     * @param body as it came, to tell a repetition from another request with the same key
     * @param ask hands the request to the day
     * @param answer of a granted decision; throws the {@link Problem} of a refusal
     */
    public Uni<Response> decide(
            VenueId venue,
            String body,
            Command command,
            Function<Request, Uni<Decision>> ask,
            Function<Decision, Answer> answer) {
        AtomicReference<Answer> kept = new AtomicReference<>();
        Optional<Receipt> receipt = key(venue.value())
                .map(key -> new Receipt(venue, key, fingerprint(body), granted -> {
                    kept.set(answer.apply(granted));
                    return Optional.of(kept.get().kept());
                }));
        return alone(
                receipt.map(Receipt::key),
                () -> ask.apply(new Request(command, receipt)).map(decision -> response(decision, kept.get(), answer)));
    }

    /** What was kept is given, not made once more: a watch token, for one, tells when it was made. */
    private static Response response(Decision decision, Answer kept, Function<Decision, Answer> answer) {
        if (decision instanceof Decision.Replayed before) {
            return Answer.ofKept(before.content()).replayed();
        }
        boolean granted = decision instanceof Decision.Granted && kept != null;
        return (granted ? kept : answer.apply(decision)).response();
    }

    /** The receipts of a request that does many things, one for each of its parts; empty without a key. */
    public Optional<Parts> parts(VenueId venue) {
        return key(venue.value())
                .map(key -> (part, body, answer) -> new Receipt(
                        venue,
                        hash.of(key + "\n" + part),
                        fingerprint(body),
                        granted -> Optional.of(answer.apply(granted).kept())));
    }

    /** Makes the receipt of one part. */
    public interface Parts {

        Receipt receipt(String part, String body, Function<Decision, Answer> answer);
    }

    /**
     * Runs work of no single venue in one transaction, once for its key.
     *
     * @param body as it came, to tell a repetition from another request with the same key
     * @param work what to do, and the answer to it; a failure rolls back and keeps nothing
     */
    public Uni<Response> transact(String body, Function<SqlConnection, Uni<Answer>> work) {
        Optional<String> key = key(EVERYWHERE);
        return alone(
                key,
                () -> Transactions.within(
                        database,
                        transaction -> key.isEmpty()
                                ? work.apply(transaction).map(Answer::response)
                                : once(transaction, key.get(), fingerprint(body), work)));
    }

    /** Two replicas with the same key meet at the lock of the key, which the transaction's end releases. */
    private Uni<Response> once(
            SqlConnection transaction, String key, String fingerprint, Function<SqlConnection, Uni<Answer>> work) {
        return receipts.lock(transaction, key)
                .chain(() -> receipts.find(transaction, EVERYWHERE, key))
                .chain(known -> known.map(before -> Uni.createFrom().item(again(before, fingerprint)))
                        .orElseGet(() -> work.apply(transaction)
                                .call(answer -> receipts.save(
                                        transaction, EVERYWHERE, new ReceiptRows.Kept(key, fingerprint, answer.kept())))
                                .map(Answer::response)));
    }

    private static Response again(ReceiptRows.Kept before, String fingerprint) {
        if (!before.fingerprint().equals(fingerprint)) {
            throw reused();
        }
        return Answer.ofKept(before.content()).replayed();
    }

    private static Problem reused() {
        return Problem.of(
                Problem.Type.IDEMPOTENCY_KEY_REUSED,
                "Use a new key for each request, and the same key only to repeat it.");
    }

    /** The stored form of the request's key, unless it has none: a hash, since what callers put in there is not ours to keep. */
    private Optional<String> key(String venue) {
        String sent = request.getHeader(HEADER);
        if (sent == null) {
            return Optional.empty();
        }
        String key = sent.length() > 1 && sent.startsWith("\"") && sent.endsWith("\"")
                ? sent.substring(1, sent.length() - 1)
                : sent;
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            throw Problem.invalid("/header/" + HEADER, "must be 1 to 255 visible ASCII characters, for example a UUID");
        }
        return Optional.of(hash.of(access.caller() + "\n" + venue + "\n" + key));
    }

    private String fingerprint(String body) {
        return hash.of(request.method() + "\n" + request.path() + "\n" + body);
    }

    /** Refuses while another request of this replica works on the key. */
    private Uni<Response> alone(Optional<String> key, Supplier<Uni<Response>> work) {
        if (key.isEmpty()) {
            return work.get();
        }
        if (!running.begin(key.get())) {
            throw Problem.of(
                    Problem.Type.IDEMPOTENCY_KEY_IN_USE, "Ask again in a second for the answer of the first request.");
        }
        return Uni.createFrom()
                .voidItem()
                .chain(() -> work.get())
                .onTermination()
                .invoke(() -> running.end(key.get()));
    }
}
