package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.lasttable.availability.world.Publisher;
import io.lasttable.embedded.VanishingDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away and no connection says so: every read is answered all the same, and served again once it is back. */
@QuarkusTest
@WithTestResource(value = VanishingDatabase.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class VanishedDatabaseTest {

    private static final String READ = "/v1/venues/vanished/availability?date=2099-11-27&partySize=2";
    private static final int CONNECTIONS = 16;

    VanishingDatabase database;

    @Inject
    Publisher publisher;

    @Inject
    Pool pool;

    @Test
    void readsThatHoldEveryConnectionAndReadsThatWaitForOneAreAnswered() {
        publisher.venue(aVenue("vanished"));
        publisher.day(aDay("vanished", "2099-11-27"));
        await().until(() -> get(READ).path("version"), Integer.valueOf(1)::equals);

        List<SqlConnection> all = Uni.join()
                .all(IntStream.range(0, CONNECTIONS)
                        .mapToObj(n -> pool.getConnection())
                        .toList())
                .andFailFast()
                .await()
                .indefinitely();
        all.forEach(SqlConnection::closeAndAwait);
        database.vanish();
        List<CompletableFuture<Void>> readers = IntStream.range(0, 2 * CONNECTIONS)
                .mapToObj(reader -> CompletableFuture.runAsync(() -> get(READ)
                        .then()
                        .statusCode(503)
                        .header("Retry-After", notNullValue())
                        .body("type", equalTo("/problems/overloaded"))))
                .toList();
        readers.forEach(CompletableFuture::join);
        get(READ).then().statusCode(503);

        database.comeBack();
        await().untilAsserted(() -> get(READ).then().statusCode(200));
    }
}
