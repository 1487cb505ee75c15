package io.lasttable.availability.search;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same of the packaged service, jar or native executable. */
@QuarkusIntegrationTest
class SearchIT extends SearchTest {}
