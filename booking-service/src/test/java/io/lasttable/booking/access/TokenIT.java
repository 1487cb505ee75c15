package io.lasttable.booking.access;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged service, jar or native executable. */
@QuarkusIntegrationTest
class TokenIT extends TokenTest {}
