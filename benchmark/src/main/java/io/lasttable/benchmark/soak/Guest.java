package io.lasttable.benchmark.soak;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.benchmark.history.Change;
import io.lasttable.benchmark.history.DayKey;
import io.lasttable.benchmark.history.Operation;
import io.lasttable.benchmark.history.Operation.Answered;
import io.lasttable.benchmark.history.Operation.Done;
import io.lasttable.benchmark.history.Operation.Kind;
import io.lasttable.benchmark.history.Operation.Outcome;
import io.lasttable.benchmark.history.Operation.Refused;
import io.lasttable.benchmark.history.Operation.Unknown;
import io.lasttable.benchmark.soak.Asking.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;

/** Books, holds, confirms, moves, cancels and joins the line, one wish after the other, drawn by seed. */
final class Guest {

    private static final int MOST_PLANS = 5;
    private static final JsonObject ADA = new JsonObject().put("name", "Ada");

    /** A reservation of this guest, and its time: what it knows of it. */
    private record Plan(Change change, String time) {}

    private final String name;
    private final Town town;
    private final Asking asking;
    private final Recorder recorder;
    private final Random random;
    private final Deque<Plan> plans = new ArrayDeque<>();
    private int wishes;

    Guest(String name, Town town, Asking asking, Recorder recorder, Random random) {
        this.name = name;
        this.town = town;
        this.asking = asking;
        this.recorder = recorder;
        this.random = random;
    }

    /** One wish, from the first request to the answer. */
    void wish() throws InterruptedException {
        int wish = random.nextInt(100);
        if (plans.isEmpty() || plans.size() < MOST_PLANS && wish < 50) {
            make(wish % 3 == 0 ? Kind.HOLD : Kind.BOOK);
        } else if (wish < 60) {
            join();
        } else if (wish < 75) {
            move(plans.remove());
        } else {
            cancel(plans.remove());
        }
    }

    private void make(Kind kind) throws InterruptedException {
        DayKey day = town.anyDay(random);
        String time = Town.anyTime(random);
        String key = nextKey();
        JsonObject body = new JsonObject()
                .put("date", day.date())
                .put("time", time)
                .put("partySize", 2)
                .put("note", key);
        String path = "/v1/venues/" + day.venueId() + (kind == Kind.HOLD ? "/holds" : "/reservations");
        JsonObject complete =
                kind == Kind.HOLD ? body.put("ttlSeconds", 1 + random.nextInt(8)) : body.put("guest", ADA);
        Outcome outcome = post(kind, key, day, time, path, complete);
        if (outcome instanceof Done done) {
            Plan plan = new Plan(done.change(), time);
            if (kind == Kind.BOOK) {
                plans.add(plan);
            } else if (random.nextInt(4) > 0) {
                confirm(plan);
            }
        }
    }

    private void confirm(Plan held) throws InterruptedException {
        Outcome outcome = post(Kind.CONFIRM, held, "/confirm", new JsonObject().put("guest", ADA));
        if (outcome instanceof Done done) {
            plans.add(new Plan(done.change(), held.time()));
        }
    }

    private void cancel(Plan plan) throws InterruptedException {
        post(Kind.CANCEL, plan, "/cancel", new JsonObject());
    }

    private void join() throws InterruptedException {
        DayKey day = town.anyDay(random);
        String time = Town.anyTime(random);
        JsonObject wish = new JsonObject()
                .put("date", day.date())
                .put("from", time)
                .put("to", time)
                .put("partySize", 2)
                .put("guest", ADA);
        post(Kind.JOIN, nextKey(), day, time, "/v1/venues/" + day.venueId() + "/waitlist", wish);
    }

    @CanIgnoreReturnValue
    private Outcome post(Kind kind, Plan plan, String step, JsonObject body) throws InterruptedException {
        String path = "/v1/reservations/" + plan.change().id() + step;
        return post(kind, nextKey(), plan.change().day(), plan.time(), path, body);
    }

    @CanIgnoreReturnValue
    private Outcome post(Kind kind, String key, DayKey day, String time, String path, JsonObject body)
            throws InterruptedException {
        long began = System.nanoTime();
        boolean clicksTwice = kind.makesReservation() && random.nextInt(8) == 0;
        Optional<Answer> answer =
                clicksTwice ? asking.askTwice(path, body, key) : asking.ask("POST", path, body, Asking.KEY, key);
        Outcome outcome = outcome(answer, kind);
        record(kind, key, day, time, began, outcome);
        return outcome;
    }

    /** A PATCH has no key: its {@code If-Match} lets it happen once, and who is unsure afterwards looks. */
    private void move(Plan plan) throws InterruptedException {
        String time = Town.anyTime(random);
        DayKey day = plan.change().day();
        String path = "/v1/reservations/" + plan.change().id();
        long began = System.nanoTime();
        String version = "\"" + plan.change().version() + "\"";
        Optional<Answer> answer = asking.ask("PATCH", path, new JsonObject().put("time", time), "If-Match", version);
        if (answer.isPresent() && answer.get().status() == 412 && answer.get().doubtful()) {
            answer = asking.ask("GET", path, new JsonObject(), "", "");
        }
        Outcome outcome = outcome(answer, Kind.MOVE);
        record(
                Kind.MOVE,
                nextKey(),
                day,
                time,
                began,
                sameVersion(outcome, plan) ? new Answered(200, "nothing to change") : outcome);
        if (outcome instanceof Done done) {
            plans.add(new Plan(done.change(), time));
        } else if (outcome instanceof Answered) {
            plans.add(plan);
        }
    }

    private static boolean sameVersion(Outcome outcome, Plan plan) {
        return outcome instanceof Done done
                && done.change().version() == plan.change().version();
    }

    private Outcome outcome(Optional<Answer> given, Kind kind) {
        if (given.isEmpty()) {
            return new Unknown();
        }
        Answer answer = given.get();
        if (answer.isDone()) {
            return kind == Kind.JOIN ? new Answered(answer.status(), "waiting") : new Done(Change.of(answer.body()));
        }
        boolean refused = answer.isProblem("slot-taken");
        if (refused && kind.makesReservation()) {
            return answer.doubtful() ? new Unknown() : new Refused(answer.body().getLong("dayVersion"));
        }
        if (!refused && !answer.isProblem("hold-expired") && !answer.isProblem("illegal-transition")) {
            recorder.strange(kind + " answered " + answer.status() + " " + answer.body());
        }
        return new Answered(answer.status(), answer.body().getString("type", ""));
    }

    private void record(Kind kind, String key, DayKey day, String time, long began, Outcome outcome) {
        recorder.add(new Operation(
                key, name, kind, day, Town.start(day, time), Town.end(day, time), began, System.nanoTime(), outcome));
    }

    private String nextKey() {
        return name + "-" + wishes++;
    }
}
