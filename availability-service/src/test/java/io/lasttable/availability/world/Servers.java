package io.lasttable.availability.world;

import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** A real PostgreSQL and a real Kafka for all tests of this module. */
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs = @ResourceArg(name = "topics", value = "lasttable.venues.v1,lasttable.days.v1"))
@QuarkusTestResource(PackagedSettings.class)
public final class Servers {
    private Servers() {}
}
