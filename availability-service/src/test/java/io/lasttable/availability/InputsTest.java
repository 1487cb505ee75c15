package io.lasttable.availability;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a caller writes into an address, the answer says what is wrong with it. */
@QuarkusTest
class InputsTest {

    private static final String SEARCH = "/v1/availability?date=2099-11-27&time=19:00&partySize=2&city=Paris";

    @Test
    void noOperationPassesOverAParameterThatItDoesNotKnow() {
        Map<String, Map<String, ?>> paths = get("/q/openapi?format=json").path("paths");
        assertThat(paths.keySet())
                .hasSize(4)
                .allSatisfy(path -> given().urlEncodingEnabled(false)
                        .get(path.replace("{venueId}", "chez-nous").replace("{date}", "2099-11-27")
                                + "?cuisin~e%2F=french")
                        .then()
                        .statusCode(400)
                        .body(
                                "errors.find { it.pointer == '/query/cuisin~0e~1' }.detail",
                                containsString("not known")));
    }

    @Test
    void aParameterThatIsGivenTwiceIsRefusedWithAllElseThatIsWrong() {
        get(SEARCH + "&limit=0&city=Lyon&cuisin=french")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/validation-error"))
                .body("errors.pointer", containsInAnyOrder("/query/city", "/query/cuisin", "/query/limit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date=0000-01-01",
                "date=9999-12-31",
                "time=00:00",
                "near=90,180",
                "near=-90,-180&radiusKm=100",
                "near=0,0&radiusKm=0.1"
            })
    void theEndsOfWhatCanBeAskedForAreAnswered(String parameter) {
        given().urlEncodingEnabled(false).get(with(parameter)).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date=10000-01-01",
                "date=-999999999-01-01",
                "time=24:00",
                "limit=2147483648",
                "limit=-1",
                "partySize=41",
                "partySize=2147483649",
                "radiusKm=1e309",
                "radiusKm=NaN",
                "near=1e9,0",
                "near=90.0000001,0"
            })
    void whatLiesBeyondIsNamed(String parameter) {
        given().urlEncodingEnabled(false)
                .get(with(parameter))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/query/" + parameter.substring(0, parameter.indexOf('='))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0 0 chez-nous",
                "0 0 chez-nous 99999999999999999999",
                "9223372036854775807 0 chez-nous 0",
                "9218868437227405312 0 chez-nous 0",
                "0 2147483648 chez-nous 0",
                "0 -1 chez-nous 0",
                "0 0 \0 0"
            })
    void aCursorThatNoPageHasGivenIsRefused(String plain) {
        String cursor = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        given().urlEncodingEnabled(false)
                .get(SEARCH + "&cursor=" + (cursor.isEmpty() ? "%20%F0" : cursor))
                .then()
                .statusCode(400);
    }

    @Test
    void theCalendarAnswersToTheLastYear() {
        get("/v1/venues/nobody/calendar?from=9999-01-01&to=9999-12-31&partySize=2")
                .then()
                .statusCode(404);
        get("/v1/venues/nobody/availability?date=9999-12-31&partySize=999&minVersion=9223372036854775807")
                .then()
                .statusCode(404);
    }

    /** The search with this parameter in place of its own. */
    private static String with(String parameter) {
        String name = parameter.substring(0, parameter.indexOf('='));
        return SEARCH.replaceFirst("([?&])" + name + "=[^&]*&?", "$1") + "&" + parameter;
    }
}
