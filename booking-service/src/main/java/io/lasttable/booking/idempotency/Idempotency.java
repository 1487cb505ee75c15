package io.lasttable.booking.idempotency;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.daybook.Asked;
import io.lasttable.booking.daybook.Requester;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the {@code Idempotency-Key} of the current request asks for (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>A key belongs to a caller and a venue. The answer of a success is stored in the very transaction that grants it
 * ({@link Receipt}), so whatever crashes when: either nothing was done and nothing is known of the key, or both. A request
 * with a known key is answered from there; looking for it happens behind the day's lock, so two replicas that get the same
 * key at once grant it once. Within a replica a key that is still being worked on is refused. Refusals are not stored: they had no
 * effect, and asking again is honest.
 */
@RequestScoped
public class Idempotency {

    private static final String HEADER = "Idempotency-Key";

    private final HttpServerRequest request;
    private final Access access;
    private final RunningKeys running;
    private final ReceiptTable receipts;
    private final Pool database;
    private final KeyedHash hash;

    Idempotency(
            HttpServerRequest request,
            Access access,
            RunningKeys running,
            ReceiptTable receipts,
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
            Function<Asked, Uni<Decision>> ask,
            Function<Decision, Answer> answer) {
        boolean seesGuests = access.seesGuests();
        AtomicReference<Answer> stored = new AtomicReference<>();
        Optional<Receipt> receipt = key(venue.value()).map(key -> receipt(venue, key, body));
        Asked asked = new Asked(
                command,
                receipt,
                granted -> {
                    stored.set(answer.apply(granted));
                    return stored.get().stored();
                },
                Requester.of(access));
        return alone(
                receipt.map(Receipt::key),
                () -> ask.apply(asked)
                        .map(decision -> decision instanceof Decision.Replayed before
                                ? again(before, seesGuests)
                                : response(decision, stored.get(), answer)));
    }

    /** The caller may see less than when it asked first. */
    private static Response again(Decision.Replayed before, boolean seesGuests) {
        Answer first = Answer.ofStored(before.answer());
        return (seesGuests ? first : first.withoutGuest()).replayed();
    }

    /** What was stored is given, not made once more: a watch token, for one, tells when it was made. */
    private static Response response(Decision decision, Answer stored, Function<Decision, Answer> answer) {
        if (decision instanceof Decision.Repeated repeated) {
            return answer.apply(repeated.first()).replayed();
        }
        boolean granted = decision instanceof Decision.Granted && stored != null;
        return (granted ? stored : answer.apply(decision)).response();
    }

    /**
     * One part of a request that does many things, with a receipt of its own when the request has a key.
     *
     * @param part tells it from the others
     */
    public Asked part(VenueId venue, String part, String body, Command command, Function<Decision, Answer> answer) {
        return asked(venue, key(venue.value()).map(key -> key + "\n" + part), body, command, answer);
    }

    /** As {@link #part}, of what is the same thing whenever it is sent: with a receipt by its name when there is no key. */
    public Asked part(
            VenueId venue, String part, String name, String body, Command command, Function<Decision, Answer> answer) {
        Optional<String> key = key(venue.value()).map(sent -> sent + "\n" + part);
        return asked(venue, key.or(() -> Optional.of(venue + "\n" + name)), body, command, answer);
    }

    private Asked asked(
            VenueId venue, Optional<String> key, String body, Command command, Function<Decision, Answer> answer) {
        Optional<Receipt> receipt = key.map(named -> receipt(venue, named, body));
        return new Asked(command, receipt, granted -> answer.apply(granted).stored(), Requester.of(access));
    }

    /**
     * Runs work of no single venue in one transaction, once for its key.
     *
     * @param body as it came, to tell a repetition from another request with the same key
     * @param work what to do, and the answer to it; a failure rolls back and stores nothing
     */
    public Uni<Response> transact(String body, Function<SqlConnection, Uni<Answer>> work) {
        Optional<String> key = key(ReceiptTable.EVERYWHERE);
        Optional<List<Receipt.Name>> names = key.map(sent -> names(sent, body));
        return alone(
                names.map(all -> all.get(0).key()),
                () -> Transactions.within(
                        database,
                        transaction -> names.isEmpty()
                                ? work.apply(transaction).map(Answer::response)
                                : once(transaction, names.get(), work)));
    }

    /** Two replicas with the same key meet at the lock of the key, which the transaction's end releases. */
    private Uni<Response> once(
            SqlConnection transaction, List<Receipt.Name> names, Function<SqlConnection, Uni<Answer>> work) {
        return receipts.lock(transaction, names)
                .chain(() -> receipts.findEverywhere(transaction, names))
                .chain(known -> known.map(before -> Uni.createFrom().item(again(before, names)))
                        .orElseGet(() -> work.apply(transaction)
                                .call(answer -> receipts.saveEverywhere(transaction, names.get(0), answer.stored()))
                                .map(Answer::response)));
    }

    private static Response again(Receipt.Stored before, List<Receipt.Name> names) {
        if (!names.contains(before.name())) {
            throw reused();
        }
        return Answer.ofStored(before.answer()).replayed();
    }

    private static Problem reused() {
        return Problem.of(
                Problem.Type.IDEMPOTENCY_KEY_REUSED,
                "Use a new key for each request, and the same key only to repeat it.");
    }

    /** The request's key and whose it is, unless it has none. */
    private Optional<String> key(String venue) {
        List<String> all = request.headers().getAll(HEADER);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (all.size() > 1) {
            throw Problem.invalid("/header/" + HEADER, "is given more than once");
        }
        String sent = all.get(0);
        String key = sent.length() > 1 && sent.startsWith("\"") && sent.endsWith("\"")
                ? sent.substring(1, sent.length() - 1)
                : sent;
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            throw Problem.invalid("/header/" + HEADER, "must be 1 to 255 visible ASCII characters, for example a UUID");
        }
        return Optional.of(access.caller() + "\n" + venue + "\n" + key);
    }

    private Receipt receipt(VenueId venue, String key, String body) {
        return new Receipt(venue, names(key, body));
    }

    /**
     * Hashes, since what callers put into a key is not ours to keep. The same JSON is the same request in whatever order its members
     * come; releases that knew no order stored the very characters, and answers are kept for a day after an upgrade.
     */
    private List<Receipt.Name> names(String key, String body) {
        String where = request.method() + "\n" + request.path() + "\n";
        List<String> contents = List.of(where + JsonBody.canonical(body), where + body);
        return hash
                .each(secret -> {
                    String named = secret.of(key);
                    return contents.stream().map(content -> new Receipt.Name(named, secret.of(content)));
                })
                .stream()
                .flatMap(each -> each)
                .toList();
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
