package io.lasttable.benchmark.history;

import io.lasttable.benchmark.history.Watcher.Moment;
import java.util.ArrayList;
import java.util.List;

/** Versions rise from frame to frame. The first on a new connection may repeat the one that was there, never go below. */
final class BackRule {

    private BackRule() {}

    static List<String> violations(History history) {
        List<String> found = new ArrayList<>();
        for (Watcher watcher : history.watchers()) {
            long had = 0;
            for (Moment moment : watcher.moments()) {
                if (moment.news()
                        && (moment.version() < had
                                || moment.version() == had && watcher.pushed() && !moment.resumed())) {
                    found.add(watcher + " had version " + had + " and was sent " + moment.version());
                }
                had = Math.max(had, moment.version());
            }
        }
        return found;
    }
}
