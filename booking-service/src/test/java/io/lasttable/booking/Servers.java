package io.lasttable.booking;

import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;

/** A real PostgreSQL and a real Kafka for all tests of this module. */
@QuarkusTestResource(PostgresTestResource.class)
final class Servers {
    private Servers() {}
}
