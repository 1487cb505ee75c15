package io.lasttable.notify.world;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResourceManager;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;

/** Health and metrics, on the port that is for the platform alone. */
public final class Management {

    private Management() {}

    /** Before the feed has caught up everybody is sent away, to come back in a few seconds. */
    public static void awaitReady() {
        await().until(() -> management("/q/health/ready").statusCode() == 200);
    }

    public static Response management(String path) {
        return RestAssured.get(
                URI.create(TestHTTPResourceManager.getManagementUri()).resolve(path));
    }
}
