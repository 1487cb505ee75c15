package io.lasttable.booking;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/** Every setting of booking-service that is not Quarkus' own; checked at start. */
@ConfigMapping(prefix = "lasttable")
public interface BookingConfig {

    /** HMAC key that signs watch tokens, shared with notify-service; at least 32 characters. */
    @Size(min = 32, message = "set LASTTABLE_WATCH_TOKEN_KEY to a secret of at least 32 characters") String watchTokenKey();

    /**
     * While the key is rotated: the next key until every replica knows it, then the one of before for a day. Tokens signed with it are
     * good, and requests are known again that were stored under it.
     */
    Optional<
                    @Size(
                            min = 32,
                            message = "set LASTTABLE_WATCH_TOKEN_OTHER_KEY to a secret of at least 32 characters")
                    String>
            watchTokenOtherKey();

    /** Whether this process relays the outbox and opens days; {@code provision} turns it off for itself. */
    @WithDefault("true")
    boolean background();

    /** How often a replica looks for dates that have come into a venue's booking window. */
    @WithDefault("PT10M")
    Duration rollInterval();

    Oidc oidc();

    Topics topics();

    Queue queue();

    Hold hold();

    Waitlist waitlist();

    Service service();

    Relay relay();

    Signal signal();

    Changes changes();

    Limits limits();

    Idempotency idempotency();

    Guests guests();

    Webhooks webhooks();

    Docs docs();

    /** Bearer tokens: whom they must have been made for, and where they say what. */
    interface Oidc {

        /**
         * Who tokens must be made for: their {@code aud} has one of these, or, for issuers such as Cognito whose access tokens have
         * none, their {@code client_id} is one of these.
         */
        List<String> audience();

        /** The claim that bounds a token to venues: an array of ids, one id, or {@code *}. */
        @WithDefault("venue_ids")
        String venuesClaim();

        /** The claims that hold scopes, separated by spaces or as an array; {@code scp,roles} for Microsoft Entra ID. */
        @WithDefault("scope")
        List<String> scopeClaims();

        /** What stands before each scope in tokens: {@code lasttable/} for a resource server of Cognito. Default: nothing. */
        Optional<String> scopePrefix();
    }

    /** The topics and how {@code provision} creates them. */
    interface Topics {

        @WithDefault("lasttable.venues.v1")
        String venues();

        @WithDefault("lasttable.days.v1")
        String days();

        @WithDefault("lasttable.reservations.v1")
        String reservations();

        /** How far each shard of the outbox has come, which tells readers how fresh they are; one partition. */
        @WithDefault("lasttable.watermarks.v1")
        String watermarks();

        /** Partitions of a topic that does not exist yet. */
        @WithDefault("6")
        @Min(1) int partitions();

        /** Replicas of a topic that does not exist yet; 3 on MSK. */
        @WithDefault("1")
        @Min(1) short replicationFactor();

        /** How long reservation changes are kept, and how long days stay uncompacted; at least 7 days by contract. */
        @WithDefault("P7D")
        Duration retention();
    }

    /** Group commit: requests that wait for a day whose transaction is in flight. */
    interface Queue {

        /** Requests that may wait for one day; past it a request is refused as overloaded. */
        @WithDefault("2000")
        @Min(1) int maxWaiting();

        /** Requests for any day that may be under way in this process; past it a request is refused as overloaded. */
        @WithDefault("20000")
        @Min(1) int maxTotal();

        /** Requests that are decided in one transaction. */
        @WithDefault("100")
        @Min(1) @Max(1000) int maxBatch();
    }

    /** Holds that run out. */
    interface Hold {

        /** How often a replica looks for holds that have run out; the news of one is at most this late. */
        @WithDefault("PT0.25S")
        Duration sweepInterval();

        /** How long the first alternative is kept for a loser who asked for it with {@code holdAlternative}. */
        @WithDefault("PT2M")
        Duration alternativeDuration();
    }

    /** Those who wait for a table. */
    interface Waitlist {

        /** How long an offer is kept before it passes to the next in line. */
        @WithDefault("PT15M")
        Duration offerDuration();

        /** Entries that may be open for one day of a venue; past it joining is refused. */
        @WithDefault("500")
        @Min(1) @Max(10000) int maxWaiting();
    }

    /** What happens at the table. */
    interface Service {

        /** How long before its start a party may be seated, and so finish. */
        @WithDefault("PT2H")
        Duration seatEarly();

        /** How long after its start a party that has not come may be marked as a no-show. */
        @WithDefault("PT0S")
        Duration noShowAfter();
    }

    /** The outbox relay. */
    interface Relay {

        /** Shards of the outbox; the same on every replica. Changing it needs an empty outbox. */
        @WithDefault("4")
        @Min(1) @Max(64) int shards();

        /** How long a shard stays with an owner that no longer renews its lease. */
        @WithDefault("PT5S")
        Duration leaseDuration();

        /** How often an idle shard looks for rows whose signal was lost, or could not be sent through a pooler. */
        @WithDefault("PT0.1S")
        Duration pollInterval();

        /**
         * The time between two looks at a busy shard; after a quiet time the first eight follow their commits at once. Each look
         * costs a query and a request to Kafka, and each reader an answer, however few rows it finds.
         */
        @WithDefault("PT0.02S")
        Duration lookSpacing();

        /** How often backlog and age of the outbox are measured. */
        @WithDefault("PT5S")
        Duration measureInterval();

        /**
         * How long a Kafka transaction is kept open for more rows. Readers have each row at once; the changes feed has it
         * when the transaction ends, and what a crash leaves open is sent again.
         */
        @WithDefault("PT0.1S")
        Duration gatherTime();

        /** Rows of one Kafka transaction, at about which it ends before its time. */
        @WithDefault("500")
        @Min(1) int batchSize();

        /** How often each shard tells readers how far it has come. */
        @WithDefault("PT1S")
        Duration watermarkInterval();

        /**
         * The largest record; {@code max.message.bytes} of the topics must be as large. What is larger is set aside in the
         * table {@code outbox_refused}.
         */
        @WithDefault("2M")
        MemorySize largestRecord();

        /** Prefix of the producers' transactional ids; separates platforms that share a Kafka cluster. */
        @WithDefault("lasttable-outbox")
        String transactionalIdPrefix();
    }

    /** NOTIFY between replicas. */
    interface Signal {

        /** The shortest time between two NOTIFY of a replica. */
        @WithDefault("PT0.005S")
        Duration debounce();
    }

    /** The changes feed. */
    interface Changes {

        /** How long a change stays in the feed; older cursors are refused. */
        @WithDefault("P7D")
        Duration retention();

        /** How often changes that are older than the retention are removed. */
        @WithDefault("PT10M")
        Duration pruneInterval();

        /** Changes that are removed in one transaction. */
        @WithDefault("5000")
        @Min(1) int pruneBatch();

        /** Long polls that may wait on one replica; past it a poll is refused as overloaded. */
        @WithDefault("20000")
        @Min(1) int maxWaiting();

        /** How often waiting polls look for changes whose signal was lost; one statement for all of them. */
        @WithDefault("PT1S")
        Duration safetyInterval();
    }

    /** What one client may ask for. */
    interface Limits {

        /** Requests per second that a client may keep up on one replica. */
        @WithDefault("500")
        @Min(1) int perSecond();

        /** Requests that a client may send at once. */
        @WithDefault("1000")
        @Min(1) int burst();

        /** Long polls of the changes feed that a client may have waiting on one replica. */
        @WithDefault("100")
        @Min(1) int pollsPerClient();

        /** Holds that a client may win in one venue within a minute on one replica, held alternatives among them. */
        @WithDefault("300")
        @Min(1) int holdsPerMinute();

        /** Waitlist entries that a client may make in one venue within a minute on one replica. */
        @WithDefault("120")
        @Min(1) int joinsPerMinute();

        /**
         * Bookings, holds and waitlist entries together that one address may make in one venue within a minute on one replica
         * with tokens of a publishable key.
         */
        @WithDefault("20")
        @Min(1) int guestBookingsPerMinute();

        /** Tokens that one address may get for the publishable keys of one venue within a minute on one replica. */
        @WithDefault("30")
        @Min(1) int guestTokensPerMinute();

        /** Questions for such tokens that one address may ask within a minute on one replica, with any key or none that there is. */
        @WithDefault("120")
        @Min(1) int guestQuestionsPerMinute();

        /** Imports that a client may have running on one replica. */
        @WithDefault("2")
        @Min(1) int importsPerClient();

        /**
         * Proxies in front that append to X-Forwarded-For: with 1 the last entry is the caller. 0: the peer's own address
         * counts. A request without the header comes from inside the cluster, and its peer counts.
         */
        @WithDefault("1")
        @Min(0) @Max(5) int proxies();

        /** Addresses that are never limited. */
        @WithDefault("127.0.0.1,::1,0:0:0:0:0:0:0:1")
        List<String> exempt();

        /** The largest JSON body. */
        @WithDefault("1M")
        MemorySize maxBody();

        /** The largest file of an import; keep {@code quarkus.http.limits.max-body-size} at least as high. */
        @WithDefault("16M")
        MemorySize maxImport();
    }

    /** Idempotency keys. */
    interface Idempotency {

        /** How long the answer to a key is kept. */
        @WithDefault("P1D")
        Duration retention();

        /** How often keys that are older than the retention are forgotten. */
        @WithDefault("PT10M")
        Duration pruneInterval();

        /** Keys that are forgotten in one transaction. */
        @WithDefault("5000")
        @Min(1) int pruneBatch();
    }

    /** Guests' personal data. */
    interface Guests {

        /**
         * How long after the service date names, contacts and notes are kept, in whole days: {@code P730D}. When absent they
         * are kept until an erasure, since what cannot be undone is not done unasked.
         */
        Optional<Period> retention();

        /** How often a replica looks for guests whose time is over. */
        @WithDefault("PT1H")
        Duration sweepInterval();

        /**
         * Guests that a replica forgets in a second, on the average. Each is told as a {@code guest.erased}, and the first run over
         * years has millions to tell: it shall not fill outbox, Kafka and the changes feed faster than they are read.
         */
        @WithDefault("100")
        @Min(1) int forgottenPerSecond();
    }

    /** Webhooks: who may be called, and how. */
    interface Webhooks {

        /** Whether a URL may do without TLS; for development. */
        @WithDefault("false")
        boolean allowHttp();

        /** Networks that may be called although they are not of the public internet, such as {@code 10.1.0.0/16}. Default: none. */
        Optional<List<String>> allowedNetworks();

        /** Webhooks that one client may have. */
        @WithDefault("20")
        @Min(1) int perClient();

        /** Webhooks that may name one venue. */
        @WithDefault("10")
        @Min(1) int perVenue();

        /** What one message may take, from looking up its receiver to the end of the answer. */
        @WithDefault("PT10S")
        Duration timeout();

        /** Messages that one receiver may have under way. */
        @WithDefault("8")
        @Min(1) @Max(64) int parallel();

        /** Events of one webhook that are taken out of the feed ahead of their delivery. */
        @WithDefault("1000")
        @Min(1) int maxWaiting();

        /** The pause after the first failed attempt; each that follows is three times as long. */
        @WithDefault("PT5S")
        Duration firstPause();

        /** The longest pause between two attempts. */
        @WithDefault("PT6H")
        Duration longestPause();

        /** For how long an event is tried before its webhook is paused. */
        @WithDefault("P3D")
        Duration giveUpAfter();

        /** How long a webhook stays with a replica that is gone; longer than the timeout. */
        @WithDefault("PT15S")
        Duration leaseDuration();

        /** How often webhooks that nobody delivers to are looked for. */
        @WithDefault("PT1S")
        Duration attemptInterval();

        /** How often what was not heard of is looked for. */
        @WithDefault("PT2S")
        Duration pollInterval();

        /** The time between two looks for what was heard of; one statement for all webhooks of a replica. */
        @WithDefault("PT0.1S")
        Duration lookSpacing();

        /** How often lag and paused webhooks are counted. */
        @WithDefault("PT10S")
        Duration measureInterval();

        /** How long a delivery stays in the log. */
        @WithDefault("P7D")
        Duration logRetention();

        /** Attempts of one delivery that the log keeps, the newest. */
        @WithDefault("50")
        @Min(2) int attemptsKept();

        /** How often older deliveries are removed. */
        @WithDefault("PT10M")
        Duration pruneInterval();

        /** Deliveries that are removed in one transaction. */
        @WithDefault("5000")
        @Min(1) int pruneBatch();
    }

    /** The OpenAPI document and the page to read and try it. */
    interface Docs {

        /** Whether {@code /v1/docs} and {@code /v1/openapi/} are served. */
        @WithDefault("true")
        boolean enabled();
    }
}
