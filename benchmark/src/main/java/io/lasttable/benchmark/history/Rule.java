package io.lasttable.benchmark.history;

import java.util.List;

/** One promise of the platform, as a question to a history. */
public enum Rule {
    NO_TABLE_TWICE("no table is taken twice at any instant", TableRule::violations),
    ONE_ORDER("each day's answers have one order that explains them", OrderRule::violations),
    REFUSED_WITH_REASON("who was refused met a full house", RefusalRule::violations),
    NOTHING_LOST("every acknowledged change is in Kafka and in the database", LossRule::violations),
    ONE_EFFECT("each request had one effect, however often it was sent", EffectRule::violations),
    KAFKA_IN_ORDER("Kafka has each version, in order, and the newest last", LogRule::violations),
    READ_SIDE_CAUGHT_UP("the read side ends at the newest version", ReadSideRule::violations),
    WATCHERS_CAUGHT_UP("each watcher ends at the newest state", EndRule::violations),
    NEVER_BACK("no watcher sees a version twice or going back", BackRule::violations),
    TOLD_WHEN_STALE("whoever was stale for longer than promised had been told", StaleRule::violations);

    interface Question {
        List<String> violations(History history);
    }

    private final String promise;
    private final Question question;

    Rule(String promise, Question question) {
        this.promise = promise;
        this.question = question;
    }

    /** In words. */
    public String promise() {
        return promise;
    }

    /** What contradicts it, a sentence each; empty when it held. */
    public List<String> violations(History history) {
        return question.violations(history);
    }
}
