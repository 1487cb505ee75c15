package io.lasttable.availability.world;

import io.quarkus.test.common.http.TestHTTPResourceManager;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;

/** Health and metrics, on the port that is for the platform alone. */
public final class Management {

    private Management() {}

    public static Response management(String path) {
        return RestAssured.get(URI.create(TestHTTPResourceManager.getManagementUri()).resolve(path));
    }
}
