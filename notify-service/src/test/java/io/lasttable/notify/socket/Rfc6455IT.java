package io.lasttable.notify.socket;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged service, jar or native executable. */
@QuarkusIntegrationTest
class Rfc6455IT extends Rfc6455Test {}
