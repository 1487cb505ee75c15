package io.lasttable.notify;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Every setting of notify-service that is not Quarkus' own; checked at start. */
@ConfigMapping(prefix = "lasttable")
public interface NotifyConfig {

    /** Base URL of availability-service, where a day's first state comes from. */
    String availabilityUrl();

    Topics topics();

    Feed feed();

    Snapshot snapshot();

    Live live();

    /** Names of the topics read. */
    interface Topics {

        @WithDefault("lasttable.days.v1")
        String days();
    }

    /** Reading Kafka. */
    interface Feed {

        /** How far back reading starts; longer than availability-service ever lags. */
        @WithDefault("PT5M")
        Duration lookBack();

        /** How long one poll waits for records. */
        @WithDefault("PT0.1S")
        Duration pollTimeout();

        /** Pause before reading starts over after a failure. */
        @WithDefault("PT1S")
        Duration pauseAfterFailure();
    }

    /** First states from availability-service. */
    interface Snapshot {

        /** A request without an answer by then counts as failed. */
        @WithDefault("PT3S")
        Duration timeout();

        /** First pause before asking again; doubles up to {@code maxPause}. */
        @WithDefault("PT0.2S")
        Duration firstPause();

        @WithDefault("PT10S")
        Duration maxPause();
    }

    /** The socket. */
    interface Live {

        /** Changes of a day that arrive within this time leave as one frame. */
        @WithDefault("PT0.005S")
        Duration tick();

        /** Watches that one connection may have. */
        @WithDefault("100")
        @Min(1) int maxWatches();

        /** Told to clients in {@code hello}; the server's own ping interval is Quarkus' auto-ping-interval. */
        @WithDefault("PT25S")
        Duration pingInterval();
    }
}
