package io.lasttable.notify;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every setting of notify-service that is not Quarkus' own; checked at start. Durations are ISO 8601. */
@ConfigMapping(prefix = "lasttable")
public interface NotifyConfig {

    /** Base URL of availability-service, where a day's first state comes from. */
    String availabilityUrl();

    /** Base URL of booking-service, where the first state of a private view comes from. */
    String bookingUrl();

    /** Key that watch tokens are signed with (HS256), the same as booking-service has; at least 32 characters. */
    @Size(min = 32, message = "must have at least 32 characters") String watchTokenKey();

    /** While the key is rotated: the next key, or the one of before, whose tokens are good as well. */
    Optional<@Size(min = 32, message = "must have at least 32 characters") String> watchTokenOtherKey();

    Oidc oidc();

    Topics topics();

    Feed feed();

    Snapshot snapshot();

    Live live();

    Limits limits();

    Drain drain();

    Web web();

    Docs docs();

    /** Bearer tokens: whom they must have been made for, and where they say what. */
    interface Oidc {

        /**
         * Who tokens must be made for: their {@code aud} has one of these, or, for issuers such as Cognito whose access tokens have
         * none, their {@code client_id} is one of these.
         */
        List<String> audience();

        /** The claim that bounds a token to venues: an array of ids, one id, or {@code *}. Default venue_ids. */
        @WithDefault("venue_ids")
        String venuesClaim();

        /** The claims that hold scopes, separated by spaces or as an array; {@code scp,roles} for Entra. Default scope. */
        @WithDefault("scope")
        List<String> scopeClaims();

        /** What stands before each scope in tokens: {@code lasttable/} for a resource server of Cognito. Default: nothing. */
        Optional<String> scopePrefix();
    }

    /** Names of the topics read. */
    interface Topics {

        /** Day states. Default lasttable.days.v1. */
        @WithDefault("lasttable.days.v1")
        String days();

        /** Reservation and waitlist changes. Default lasttable.reservations.v1. */
        @WithDefault("lasttable.reservations.v1")
        String reservations();

        /**
         * How far each shard of the relay has sent what was committed; where it does not exist, freshness is measured by
         * what the broker says. Default lasttable.watermarks.v1.
         */
        @WithDefault("lasttable.watermarks.v1")
        String watermarks();
    }

    /** Reading Kafka. */
    interface Feed {

        /** How far back reading starts; longer than availability-service ever lags. Default 5 minutes. */
        @WithDefault("PT5M")
        Duration lookBack();

        /** How long one poll waits for records. Default 0.1 s. */
        @WithDefault("PT0.1S")
        Duration pollTimeout();

        /**
         * The time between two polls that bring few records, while many changes come; after a quiet time the first four follow
         * their records at once. Each costs Kafka and this service a request, however little it brings. Default 5 ms.
         */
        @WithDefault("PT0.005S")
        Duration pollSpacing();

        /** Pause before reading starts over after a failure. Default 1 s. */
        @WithDefault("PT1S")
        Duration pauseAfterFailure();

        /** How often new partitions are looked for. Default 30 s. */
        @WithDefault("PT30S")
        Duration partitionCheck();

        /** Bytes of day documents kept for days that nobody watches, so that a lagging read side hides nothing. Default 64 MB. */
        @WithDefault("67108864")
        @Min(0) long recentBytes();

        /**
         * Not everything that was committed so long ago is known here: clients are told that what they see may be old. Longer
         * than a shard of the relay needs to change hands. Default 10 s.
         */
        @WithDefault("PT10S")
        Duration stalledAfter();
    }

    /** First states from availability-service and booking-service. */
    interface Snapshot {

        /** A request without an answer by then counts as failed. Default 3 s. */
        @WithDefault("PT3S")
        Duration timeout();

        /** First pause before asking again; doubles up to {@code maxPause}. Default 0.2 s. */
        @WithDefault("PT0.2S")
        Duration firstPause();

        /** Longest pause before asking again. Default 10 s. */
        @WithDefault("PT10S")
        Duration maxPause();

        /** Requests to one service at once; more wait in line. Default 64. */
        @WithDefault("64")
        @Min(1) int concurrency();
    }

    /** The socket and the event stream. */
    interface Live {

        /** Changes of a day that arrive within this time leave as one frame. 0: each is a frame of its own. Default 5 ms. */
        @WithDefault("PT0.005S")
        Duration tick();

        /** How often the server pings each socket and comments each stream; told to clients in {@code hello}. Default 25 s. */
        @WithDefault("PT25S")
        Duration pingInterval();

        /** A peer that has neither sent nor taken anything for this long is closed with 4408. Default 65 s. */
        @WithDefault("PT65S")
        Duration silence();

        /** A socket that watches nothing for this long is closed with 4408. Default 10 minutes. */
        @WithDefault("PT10M")
        Duration idle();
    }

    /** What one replica, address or connection may have. */
    interface Limits {

        /** Sockets and streams of this replica; beyond that 503 with Retry-After. Default 50000. */
        @WithDefault("50000")
        @Min(1) int connections();

        /** Sockets and streams from one address (IPv6: one /64); beyond that 429. 0: no limit. Default 1000. */
        @WithDefault("1000")
        @Min(0) int connectionsPerAddress();

        /**
         * Requests of one address in a minute that lead nowhere: paths that do not exist, bearer tokens that prove nothing. Beyond
         * that whatever it asks for is refused with 429 for a while; open connections stay. 0: no limit. Default 600.
         */
        @WithDefault("600")
        @Min(0) int mistakesPerMinute();

        /** Watches that one connection may have. Default 100. */
        @WithDefault("100")
        @Min(1) int watches();

        /** Messages (pings too) per second that a connection may keep up; beyond that it is closed with 4429. Default 20. */
        @WithDefault("20")
        @Min(1) int messagesPerSecond();

        /** Messages that a connection may send at once. Default 200. */
        @WithDefault("200")
        @Min(1) int messageBurst();

        /** Longest message in bytes; beyond that the connection is closed with 1009. Default 16384. */
        @WithDefault("16384")
        @Min(512) int messageBytes();

        /**
         * Origins whose pages may connect, such as {@code https://www.example.com}; when absent any, since day watches are
         * public and tokens never travel in cookies. Clients that are no browsers send none and are let in.
         */
        Optional<List<String>> origins();

        /**
         * Proxies in front that append to X-Forwarded-For. 1: the last entry is the caller. 0: the peer's own address
         * counts, and the header is not believed. Without the header the peer counts too. Default 1.
         */
        @WithDefault("1")
        @Min(0) int proxies();
    }

    /** Going away without a reconnect storm. */
    interface Drain {

        /** Readiness has failed for this long before the first client is sent away. Default 3 s. */
        @WithDefault("PT3S")
        Duration notice();

        /** Time over which clients are sent away in slices. Default 20 s. */
        @WithDefault("PT20S")
        Duration grace();

        /** Clients sent away per second at least, so that few clients go at once. Default 500. */
        @WithDefault("500")
        @Min(1) int atLeastPerSecond();

        /** A client is asked to come back after a random time up to this. Default 5 s. */
        @WithDefault("PT5S")
        Duration reconnectWithin();
    }

    /** The pages and the booking widget under {@code /web/v1}. */
    interface Web {

        /** Whether this service serves them. */
        @WithDefault("true")
        boolean enabled();

        /** Where staff sign in to the host's screen: an issuer of OpenID Connect, as browsers reach it. Default: nowhere. */
        Optional<String> issuer();

        /** The public client of that issuer (authorization code with PKCE) that the host's screen is. */
        @WithDefault("lasttable-web")
        String clientId();

        /** What the host's screen asks the issuer for, separated by spaces. */
        @WithDefault("openid venues:write reservations:write reservations:read guests:read")
        String scope();

        /** Origins beside the issuer's where its endpoints are, such as {@code https://login.example.com}, for the pages' content security policy. Default: none. */
        Optional<List<String>> connect();
    }

    /** The OpenAPI document of what is served over HTTP. */
    interface Docs {

        /** Whether {@code /v1/openapi/live.yaml} is served. */
        @WithDefault("true")
        boolean enabled();
    }
}
