package io.lasttable.booking;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same of the packaged service, jar or native executable. */
@QuarkusIntegrationTest
@ExtendWith(SignedAsTold.class)
class OpenApiIT extends OpenApiTest {}
