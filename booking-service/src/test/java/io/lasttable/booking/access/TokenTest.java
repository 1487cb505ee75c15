package io.lasttable.booking.access;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.lasttable.booking.access.TokenKeys.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real signed tokens: what they open, and what they do not. */
@QuarkusTest
class TokenTest {

    private static final String ALL = "venues:write reservations:write reservations:read";

    @Test
    void aTokenOpensItsVenuesOnly() {
        String mine = signed(token(ALL).claim("venue_ids", List.of("mine", "other")));
        publish(mine, "mine");
        with(mine).body(booking()).post("/v1/venues/mine/reservations").then().statusCode(201);
        refused(with(mine).body(booking()), "/v1/venues/theirs/reservations", 403, "forbidden");
        with(mine).body(venueJson("T1")).put("/v1/venues/theirs").then().statusCode(403);
        with(mine).get("/v1/venues/theirs/changes?after=0").then().statusCode(403);
    }

    @Test
    void aStarOpensEveryVenueAndAStringNamesOne() {
        publish(signed(token(ALL).claim("venue_ids", "*")), "star");
        publish(signed(token(ALL).claim("venue_ids", "lone")), "lone");
        refused(
                with(signed(token(ALL).claim("venue_ids", "lone"))).body(booking()),
                "/v1/venues/star/reservations",
                403,
                "forbidden");
        refused(with(signed(token(ALL))).body(booking()), "/v1/venues/star/reservations", 403, "forbidden");
    }

    @Test
    void eachCallNeedsItsScope() {
        publish(signed(token(ALL).claim("venue_ids", "*")), "scoped");
        String reader = signed(token("reservations:read").claim("venue_ids", "*"));
        refused(with(reader).body(booking()), "/v1/venues/scoped/reservations", 403, "forbidden");
        with(reader).body(venueJson("T1")).put("/v1/venues/scoped").then().statusCode(403);
        with(reader).get("/v1/venues/scoped/changes?after=0").then().statusCode(200);
        String writer = signed(token("reservations:write").claim("venue_ids", "*"));
        with(writer).get("/v1/venues/scoped/changes?after=0").then().statusCode(403);
    }

    @Test
    void whatExistsElsewhereIsNotGivenAway() {
        String owner = signed(token(ALL).claim("venue_ids", "hidden"));
        publish(owner, "hidden");
        String id = with(owner)
                .body(booking())
                .post("/v1/venues/hidden/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String stranger = signed(token(ALL).claim("venue_ids", "elsewhere"));
        String nobody = "/v1/reservations/00000000-0000-0000-0000-000000000000";
        String unknown =
                with(stranger).get(nobody).then().statusCode(404).extract().asString();
        with(stranger).get("/v1/reservations/" + id).then().statusCode(404).body(equalTo(unknown));
        with(stranger).post("/v1/reservations/" + id + "/cancel").then().statusCode(404);
        with(owner).get("/v1/reservations/" + id).then().statusCode(200);
    }

    @Test
    void tokensThatProveNothingAreRefused() throws Exception {
        JwtClaimsBuilder good = token(ALL).claim("venue_ids", "*");
        unauthorized(signed(
                token(ALL).claim("venue_ids", "*").expiresAt(Instant.now().minusSeconds(600))));
        unauthorized(good.sign(TokenKeys.pair().getPrivate()));
        unauthorized(
                signed(Jwt.issuer("https://somebody.else").claim("scope", ALL).claim("venue_ids", "*")));
        unauthorized("not-a-token");
        unauthorized(unsigned("{\"alg\":\"none\"}", "{\"scope\":\"" + ALL + "\",\"venue_ids\":\"*\"}"));
        String valid = signed(good);
        unauthorized(valid.substring(0, valid.length() - 8) + "AAAAAAAA");
    }

    @Test
    void aTokenThatWasGoodIsRefusedOnceItHasExpiredAndSoIsItsForgedTwin() {
        String brief = signed(
                token(ALL).claim("venue_ids", "*").expiresAt(Instant.now().plusSeconds(4)));
        publish(brief, "brief");
        with(brief).get("/v1/venues/brief/changes?after=0").then().statusCode(200);
        unauthorized(brief.substring(0, brief.length() - 8) + "AAAAAAAA");
        await().untilAsserted(() -> unauthorized(brief));
    }

    @Test
    void aTokenForAnotherApplicationIsRefused() {
        unauthorized(signed(token(ALL).audience("another-application").claim("venue_ids", "*")));
        unauthorized(signed(withoutAudience().claim("venue_ids", "*")));
        unauthorized(signed(withoutAudience().claim("client_id", "lasttable").claim("venue_ids", "*")));
    }

    @Test
    void anIdTokenIsRefused() {
        unauthorized(signed(token(ALL).claim("typ", "ID").claim("venue_ids", "*")));
        unauthorized(signed(token(ALL).claim("token_use", "id").claim("venue_ids", "*")));
    }

    @Test
    void anAccessTokenWithoutAudienceIsKnownByItsClient() {
        publish(
                signed(withoutAudience()
                        .claim("token_use", "access")
                        .claim("client_id", "lasttable")
                        .claim("venue_ids", "cognito")),
                "cognito");
        unauthorized(signed(withoutAudience()
                .claim("token_use", "access")
                .claim("client_id", "another-application")
                .claim("venue_ids", "*")));
    }

    @Test
    void whatIsNoVenueIdInAClaimOpensNoVenue() {
        List<Object> oddities = List.of(List.of(1, 2.5, true, List.of()), 7, true, Map.of("odd", "*"), List.of(), "");
        for (Object odd : oddities) {
            assertThat(with(signed(token(ALL).claim("venue_ids", odd)))
                            .body(booking())
                            .post("/v1/venues/odd/reservations")
                            .statusCode())
                    .as("venue_ids: " + odd)
                    .isEqualTo(403);
        }
        String twice = "reservations:read reservations:read venues:write";
        with(signed(token(twice).claim("venue_ids", "*")))
                .body(booking())
                .post("/v1/venues/odd/reservations")
                .then()
                .statusCode(403);
    }

    @Test
    void withoutATokenNothingIsDone() {
        json().body(booking())
                .post("/v1/venues/any/reservations")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("type", equalTo("/problems/unauthorized"));
    }

    private static void unauthorized(String token) {
        with(token)
                .body(booking())
                .post("/v1/venues/any/reservations")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("type", equalTo("/problems/unauthorized"));
    }

    private static void publish(String token, String venue) {
        with(token).body(venueJson("T1")).put("/v1/venues/" + venue).then().statusCode(201);
    }

    private static void refused(RequestSpecification request, String path, int status, String problem) {
        request.post(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/" + problem));
    }

    private static RequestSpecification with(String token) {
        return json().auth().oauth2(token);
    }

    private static String booking() {
        return bookingJson(DATE, "19:00", "{\"name\":\"Ada\"}");
    }

    private static JwtClaimsBuilder token(String scope) {
        return withoutAudience().claim("scope", scope).audience("lasttable");
    }

    private static JwtClaimsBuilder withoutAudience() {
        return Jwt.issuer(TokenKeys.ISSUER)
                .subject("product-team")
                .claim("scope", ALL)
                .expiresAt(Instant.now().plusSeconds(600));
    }

    private static String unsigned(String header, String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header.getBytes()) + "." + base64.encodeToString(claims.getBytes()) + ".";
    }
}
