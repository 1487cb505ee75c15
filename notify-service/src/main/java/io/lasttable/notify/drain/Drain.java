package io.lasttable.notify.drain;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.hub.Admission;
import io.lasttable.notify.hub.Hub;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What happens between SIGTERM and the end of the process, so that a deploy is no reconnect storm:
 *
 * <ol>
 *   <li>readiness fails, and new sockets and streams get 503 with Retry-After;
 *   <li>for the time of {@code lasttable.drain.notice} nothing else, so that load balancers hear of it;
 *   <li>over {@code lasttable.drain.grace} the clients are sent away in slices: {@code bye} with a random pause, then 1012.
 * </ol>
 *
 * It ends as soon as nobody is left; a crash in between loses nothing, since clients come back by themselves and resume.
 */
@ApplicationScoped
public class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration PARTING = Duration.ofSeconds(2);

    private final NotifyConfig.Drain settings;
    private final Admission admission;
    private final Hub hub;
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile boolean begun;

    Drain(NotifyConfig config, Admission admission, Hub hub) {
        this.settings = config.drain();
        this.admission = admission;
        this.hub = hub;
    }

    public boolean hasBegun() {
        return begun;
    }

    /** Runs on the thread that stops the application, before anything else is stopped. */
    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        drain();
    }

    void drain() {
        begun = true;
        admission.close();
        int clients = hub.connections();
        if (clients == 0) {
            return;
        }
        LOG.infof("Going away: %d clients are sent to other replicas", clients);
        pause(settings.notice());
        sendAway(hub.connections());
        LOG.infof("Gone away: %d clients were left", hub.connections());
    }

    private void sendAway(int clients) {
        long slices = Math.max(1, settings.grace().toMillis() / SLICE.toMillis());
        long evenly = (clients + slices - 1) / slices;
        long atLeast = settings.atLeastPerSecond() * SLICE.toMillis() / 1000;
        int each = (int) Math.max(1, Math.max(evenly, atLeast));
        long end = System.nanoTime() + settings.grace().plus(PARTING).toNanos();
        while (hub.connections() > 0 && System.nanoTime() < end) {
            hub.sendAway(each, settings.reconnectWithin().toMillis());
            pause(SLICE);
        }
    }

    private void pause(Duration time) {
        try {
            var unused = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
