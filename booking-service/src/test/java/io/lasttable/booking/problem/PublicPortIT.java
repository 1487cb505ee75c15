package io.lasttable.booking.problem;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged service, jar or native executable. */
@QuarkusIntegrationTest
class PublicPortIT extends PublicPortTest {}
