package io.lasttable.booking.outbox;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The topics, and how what is in the outbox comes to them. */
@ConfigMapping(prefix = "lasttable")
public interface OutboxSettings {

    Topics topics();

    Relay relay();

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
}
