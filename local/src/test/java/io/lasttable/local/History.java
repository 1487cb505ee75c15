package io.lasttable.local;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What clients asked of one slot of one day, and what they were told. {@link #contradictions} looks for an answer that no
 * order of commits explains.
 *
 * <p>Every answer names the version of the day that it comes from, and the versions are the order of commits. So the order
 * need not be searched for, it is checked: it must fit real time (who began after another had been answered comes later), and it must
 * fit the rules (a table has one party at a time, who was refused met a full house). A request that is decided together with
 * others, and refused because of them, names the version before theirs.
 */
final class History {

    /** What was done; {@code BOOKED} and {@code CANCELLED} made their version, {@code REFUSED} saw it. */
    enum Kind {
        BOOKED,
        CANCELLED,
        REFUSED
    }

    /** One answered request; nanoTime of its beginning and its end. */
    record Answered(Kind kind, long began, long ended, long dayVersion, String reservation, String table) {

        boolean isCommit() {
            return kind != Kind.REFUSED;
        }
    }

    private final int tables;
    private final List<Answered> answers;

    History(int tables, Collection<Answered> answers) {
        this.tables = tables;
        this.answers = List.copyOf(answers);
    }

    List<String> contradictions() {
        List<String> found = new ArrayList<>();
        checkRealTime(found);
        checkRules(found);
        return found;
    }

    private void checkRealTime(List<String> found) {
        for (Answered earlier : answers) {
            for (Answered later : answers) {
                if (earlier.ended() < later.began() && !inOrder(earlier, later)) {
                    found.add("began after the other was answered, and comes before it: " + earlier + " then " + later);
                }
            }
        }
    }

    /** Two commits of one version ran in one transaction, so neither can have been answered before the other began. */
    private static boolean inOrder(Answered earlier, Answered later) {
        boolean strictly = later.isCommit();
        return strictly ? earlier.dayVersion() < later.dayVersion() : earlier.dayVersion() <= later.dayVersion();
    }

    private void checkRules(List<String> found) {
        SortedMap<Long, List<Answered>> byVersion = new TreeMap<>();
        answers.forEach(each -> byVersion
                .computeIfAbsent(each.dayVersion(), any -> new ArrayList<>())
                .add(each));
        Map<String, String> tableOf = new HashMap<>();
        byVersion.forEach((version, here) -> {
            apply(here, tableOf, found);
            long takenNext = byVersion.getOrDefault(version + 1, List.of()).stream()
                    .filter(each -> each.kind() == Kind.BOOKED)
                    .count();
            boolean full = tableOf.size() + takenNext >= tables;
            here.stream()
                    .filter(each -> each.kind() == Kind.REFUSED && !full)
                    .forEach(each -> found.add("refused although a table was free: " + each));
        });
    }

    private static void apply(List<Answered> commits, Map<String, String> tableOf, List<String> found) {
        commits.stream().filter(each -> each.kind() == Kind.BOOKED).forEach(each -> {
            if (tableOf.put(each.reservation(), each.table()) != null) {
                found.add("made twice: " + each);
            }
        });
        commits.stream().filter(each -> each.kind() == Kind.CANCELLED).forEach(each -> {
            if (tableOf.remove(each.reservation()) == null) {
                found.add("cancelled before it was made: " + each);
            }
        });
        Set<String> taken = new HashSet<>();
        tableOf.forEach((reservation, table) -> {
            if (!taken.add(table)) {
                found.add("table " + table + " taken twice after " + commits);
            }
        });
    }

    @Override
    public String toString() {
        return answers.size() + " answers at " + Instant.now();
    }
}
