package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.history.History;
import io.lasttable.benchmark.history.Operation;
import io.lasttable.benchmark.history.Rule;
import io.lasttable.benchmark.report.Findings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rules over all rounds, and how much they were put to. */
final class Verdicts {

    private static final int MOST_NOTES = 20;

    private final Findings found;
    private final Map<Rule, Integer> violations = new EnumMap<>(Rule.class);

    Verdicts(Findings found) {
        this.found = found;
    }

    void judge(int number, Round round, History history) {
        for (Rule rule : Rule.values()) {
            List<String> broken = rule.violations(history);
            int before = violations.merge(rule, broken.size(), Integer::sum);
            assert before >= broken.size();
            note("Round " + number + ", " + rule, broken);
        }
        note("Round " + number + ", an answer that the API does not know", round.strange());
        note("Round " + number + " never came to rest", round.neverAtRest());
        found.add("settled after", "s", round.settledAfter());
        history.oldestBeliefs()
                .forEach((watcher, time) ->
                        found.add("oldest state believed in: " + watcher, "s", time.toMillis() / 1e3));
        count(history);
    }

    private void note(String what, List<String> each) {
        each.stream().limit(MOST_NOTES).forEach(one -> found.note(what + ": " + one));
    }

    private void count(History history) {
        List<Operation> asked = history.operations();
        for (Operation.Kind kind : Operation.Kind.values()) {
            long count = asked.stream().filter(each -> each.kind() == kind).count();
            found.add("wishes to " + kind.name().toLowerCase(Locale.ROOT), "", count);
        }
        found.add(
                "longest from the first request to the answer",
                "s",
                asked.stream()
                                .mapToLong(each -> each.ended() - each.began())
                                .max()
                                .orElse(0)
                        / 1e9);
        found.add("acknowledged changes", "", outcomes(asked, Operation.Done.class));
        found.add("refused for want of a table", "", outcomes(asked, Operation.Refused.class));
        found.add("never answered", "", outcomes(asked, Operation.Unknown.class));
        found.add(
                "versions",
                "",
                history.days().values().stream().mapToLong(Long::longValue).sum());
        found.add("watchers", "", history.watchers().size());
        found.add(
                "states and words that watchers got",
                "",
                history.watchers().stream()
                        .mapToLong(watcher -> watcher.moments().size())
                        .sum());
    }

    private static long outcomes(List<Operation> asked, Class<? extends Operation.Outcome> kind) {
        return asked.stream().map(Operation::outcome).filter(kind::isInstance).count();
    }

    /** One fact a rule, over all rounds. */
    void conclude() {
        violations.forEach((rule, count) -> found.holds(rule.promise(), count));
    }
}
