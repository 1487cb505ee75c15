package io.lasttable.notify.reservation;

import java.util.LinkedHashSet;
import java.util.Set;

/** The newest state of a reservation or waitlist entry, and who watches it. */
final class WatchedSubject {

    final Subject subject;
    final Set<SubjectWatch> watchers = new LinkedHashSet<>();
    private Change newest;

    WatchedSubject(Subject subject) {
        this.subject = subject;
    }

    boolean isKnown() {
        return newest != null;
    }

    long version() {
        return newest == null ? 0 : newest.version();
    }

    Change newest() {
        return newest;
    }

    boolean take(Change candidate) {
        if (candidate.version() <= version()) {
            return false;
        }
        newest = candidate;
        return true;
    }
}
