package io.lasttable.booking.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Webhooks: who may be called, and how. */
@ConfigMapping(prefix = "lasttable.webhooks")
interface WebhookSettings {

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
