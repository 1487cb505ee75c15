package io.lasttable.notify.live;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.Client;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.day.DayWatches;
import io.lasttable.notify.feed.DayFeed;
import io.lasttable.notify.feed.DaySnapshots;
import io.lasttable.notify.feed.DaySnapshots.Answer;
import io.lasttable.notify.feed.RecentDays;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The one thread on which {@link DayWatches} lives. Sockets, the feed and snapshots hand over what they have and go on; the
 * hub decides what is sent. It schedules the tick in which changes of a day are brought together, and asks again for
 * snapshots that could not be had.
 */
@ApplicationScoped
public class LiveHub {

    private static final Logger LOG = Logger.getLogger(LiveHub.class);

    private final NotifyConfig config;
    private final DaySnapshots snapshots;
    private final DayFeed feed;
    private final DayWatches watches;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread hub = new Thread(task, "live-hub");
        hub.setDaemon(true);
        return hub;
    });
    private boolean ticking;

    LiveHub(NotifyConfig config, DaySnapshots snapshots, DayFeed feed, RecentDays recent) {
        this.config = config;
        this.snapshots = snapshots;
        this.feed = feed;
        this.watches = new DayWatches(
                key -> fetch(key, config.snapshot().firstPause()),
                recent,
                config.live().maxWatches());
    }

    void start(@Observes StartupEvent event) {
        feed.listen(state -> run(w -> take(state)));
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdown();
    }

    /** Runs on the hub's thread; a failure is logged and hurts nobody else. */
    public void run(Consumer<DayWatches> task) {
        thread.execute(() -> {
            try {
                task.accept(watches);
            } catch (RuntimeException e) {
                LOG.error("A live view step failed", e);
            }
        });
    }

    public void sent(Client client) {
        run(w -> w.sent(client));
    }

    private void take(DayState state) {
        if (watches.state(state) && !ticking) {
            ticking = true;
            later(config.live().tick(), w -> {
                ticking = false;
                w.flush();
            });
        }
    }

    private void fetch(DayKey key, Duration pause) {
        snapshots.fetch(key, (asked, answer) -> run(w -> answered(asked, answer, pause)));
    }

    private void answered(DayKey key, Answer answer, Duration pause) {
        if (answer instanceof Answer.Found found) {
            take(found.state());
        } else if (answer instanceof Answer.Missing missing) {
            watches.missing(key, missing.code(), "There is nothing to watch for " + key + ".");
        } else if (answer instanceof Answer.Unavailable unavailable && watches.wants(key)) {
            LOG.warnf("No snapshot of %s yet: %s", key, unavailable.why());
            watches.unavailable(key);
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(config.snapshot().maxPause()) > 0
                    ? config.snapshot().maxPause()
                    : doubled;
            later(pause, w -> {
                if (w.wants(key)) {
                    fetch(key, next);
                }
            });
        }
    }

    private void later(Duration delay, Consumer<DayWatches> task) {
        var scheduled = thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        assert scheduled != null;
    }
}
