package io.lasttable.notify.world;

import java.util.List;
import java.util.concurrent.Flow;

/** Keeps each line of a stream as it comes. */
public final class Lines implements Flow.Subscriber<String> {

    private final List<String> lines;

    /** @param lines to be added to by other threads */
    public Lines(List<String> lines) {
        this.lines = lines;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        lines.add("failed: " + failure);
    }

    @Override
    public void onComplete() {
        lines.add("complete");
    }
}
