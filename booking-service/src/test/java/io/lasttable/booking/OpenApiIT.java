package io.lasttable.booking;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged service, jar or native executable. */
@QuarkusIntegrationTest
class OpenApiIT extends OpenApiTest {}
