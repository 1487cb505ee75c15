package io.lasttable.availability.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All settings of availability-service that are its own; each is also an environment variable ({@code LASTTABLE_...}). */
@ConfigMapping(prefix = "lasttable")
public interface AvailabilitySettings {

    Database database();

    Topics topics();

    Feed feed();

    Reads reads();

    Limits limits();

    Cors cors();

    Retention retention();

    Rebuild rebuild();

    Docs docs();

    /** The database of this service alone. */
    interface Database {
        /** Host name. Default 127.0.0.1. */
        @WithDefault("127.0.0.1")
        String host();

        /** Port. Default 15432. */
        @WithDefault("15432")
        int port();

        /** Database name. Default availability. */
        @WithDefault("availability")
        String name();

        /** User; owns the schema, since the service migrates it at start. Default postgres. */
        @WithDefault("postgres")
        String username();

        /** Password. Default postgres. */
        @WithDefault("postgres")
        String password();
    }

    /** Names of the topics. */
    interface Topics {
        /** Venues as published by booking-service. Default lasttable.venues.v1. */
        @WithDefault("lasttable.venues.v1")
        String venues();

        /** Days as published by booking-service. Default lasttable.days.v1. */
        @WithDefault("lasttable.days.v1")
        String days();

        /** What booking-service says of how far its commits stand in the other two. Default lasttable.watermarks.v1. */
        @WithDefault("lasttable.watermarks.v1")
        String watermarks();

        /** Where records that cannot be read go; created when first needed. Default lasttable.availability.dead-letters.v1. */
        @WithDefault("lasttable.availability.dead-letters.v1")
        String deadLetters();

        /** Replication factor of the dead-letter topic. Default 1. */
        @WithDefault("1")
        @Min(1) short replicationFactor();
    }

    /** How Kafka is read. */
    interface Feed {
        /** Whether this process projects. Off in one-shot modes. Default true. */
        @WithDefault("true")
        boolean enabled();

        /** Consumer group that all replicas share. Default lasttable-availability. */
        @WithDefault("lasttable-availability")
        String group();

        /** Most records of one polled batch, which is one statement. Default 1000. */
        @WithDefault("1000")
        @Min(1) @Max(10_000) int batch();

        /** How often it is proved how new the tables are; the precision of the lag. Default 500 ms. */
        @WithDefault("PT0.5S")
        Duration heartbeat();
    }

    /** How reads answer. */
    interface Reads {
        /** How long a read waits for the version a caller knows. Default 300 ms. */
        @WithDefault("PT0.3S")
        Duration versionWait();

        /** An answer is called stale when the projection lags by more than this. Default 5 s. */
        @WithDefault("PT5S")
        Duration staleAfter();

        /** How far from the wanted time a search still finds slots. Default 3 h. */
        @WithDefault("PT3H")
        Duration searchWindow();

        /** How long a read waits for the database before it is answered 503. Default 2 s. */
        @WithDefault("PT2S")
        Duration timeout();

        /**
         * A database connection on which nothing comes for so long is closed, whoever waits on it; longer than a statement may take, which
         * is 10 s. 0 for never. Default 12 s.
         */
        @WithDefault("PT12S")
        Duration silence();

        /** Most reads that wait for a database connection; those above are answered 503 at once. Default 500. */
        @WithDefault("500")
        @Min(1) int waiting();

        /** Most searches and calendars under way at once, a day read costs a fiftieth; those above are answered 503 at once. Default 48. */
        @WithDefault("48")
        @Min(1) int dear();
    }

    /** Requests per address, a token bucket each. */
    interface Limits {
        /** Requests per second that an address may keep up. Default 50. */
        @WithDefault("50")
        @Min(1) int perSecond();

        /** Requests that an address may send at once. Default 200. */
        @WithDefault("200")
        @Min(1) int burst();

        /**
         * Proxies in front that append to X-Forwarded-For. 1: the last entry is the caller, and a request without the
         * header comes from inside the cluster and is not limited. 0: the peer's own address counts. Default 1.
         */
        @WithDefault("1")
        @Min(0) @Max(5) int proxies();

        /** Addresses that are never limited. Default loopback. */
        @WithDefault("127.0.0.1,::1,0:0:0:0:0:0:0:1")
        List<String> exempt();
    }

    /** Browser pages of other origins. */
    interface Cors {
        /**
         * Origins such as https://www.example.com whose pages may read, separated by commas; {@code *} for all, since what is
         * free is public; empty for none. Default *.
         */
        @WithDefault("*")
        Optional<List<String>> origins();
    }

    /** Days that are over. */
    interface Retention {
        /** How often days before the venue's yesterday are removed. Default 1 h. */
        @WithDefault("PT1H")
        Duration interval();

        /** Most days removed in one statement. Default 5000. */
        @WithDefault("5000")
        @Min(1) @Max(100_000) int batch();
    }

    /** The one-shot mode {@code rebuild}. */
    interface Rebuild {
        /** How long a rebuild that was killed keeps the next one from starting. Default 1 min. */
        @WithDefault("PT1M")
        Duration lease();

        /** How long a swap may make readers wait for the tables before it gives way and tries again. Default 250 ms. */
        @WithDefault("PT0.25S")
        Duration swapWait();
    }

    /** The OpenAPI document. */
    interface Docs {
        /** Whether {@code /v1/openapi/availability.yaml} is served. Default true. */
        @WithDefault("true")
        boolean enabled();
    }
}
