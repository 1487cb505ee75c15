package io.lasttable.notify.world;

import io.lasttable.embedded.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** A real Kafka, and stand-ins for the other services, for all tests of this module. */
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs = @ResourceArg(name = "topics", value = "lasttable.days.v1,lasttable.reservations.v1"))
@QuarkusTestResource(Neighbours.class)
public final class Servers {
    private Servers() {}
}
