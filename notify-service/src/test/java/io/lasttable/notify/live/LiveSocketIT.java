package io.lasttable.notify.live;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged service, jar or native executable. */
@QuarkusIntegrationTest
class LiveSocketIT extends LiveSocketTest {}
