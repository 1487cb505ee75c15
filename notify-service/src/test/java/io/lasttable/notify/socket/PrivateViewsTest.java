package io.lasttable.notify.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lasttable.notify.world.Days;
import io.lasttable.notify.world.LiveClient;
import io.lasttable.notify.world.Publisher;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest sees one reservation, staff see their venue's, and nobody sees more. */
@QuarkusTest
class PrivateViewsTest {

    @TestHTTPResource("/v1/live")
    URI live;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "lasttable.booking-url")
    String booking;

    @ConfigProperty(name = "lasttable.watch-token-key")
    String watchTokenKey;

    @ConfigProperty(name = "test.issuer-key")
    String issuerKey;

    private Publisher publisher;
    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void publish() {
        publisher = new Publisher(bootstrapServers);
    }

    @Test
    void aGuestSeesTheReservationAndEachChangeOfIt() throws Exception {
        bookingHas("reservations", Days.reservation("chez-nous", id, 2), 200);
        try (LiveClient guest = new LiveClient(live)) {
            guest.send(watchReservation(watchToken("reservation", 3600)));
            JsonNode first = guest.version(2);
            assertThat(first.get("op").asText()).isEqualTo("reservation");
            assertThat(first.get("ref").asText()).isEqualTo("r");
            assertThat(first.get("id").asText()).isEqualTo(id);
            publisher.change("reservation.moved", Days.reservation("chez-nous", id, 1));
            publisher.change("reservation.moved", Days.reservation("chez-nous", id, 3));
            publisher.change("reservation.moved", Days.reservation("chez-nous", id, 3));
            publisher.change("reservation.cancelled", Days.reservation("chez-nous", id, 4));
            JsonNode last = guest.version(4);
            assertThat(last.get("ref").asText()).isEqualTo("r");
            assertThat(guest.frames().stream().map(f -> f.path("version").asInt()))
                    .containsExactly(0, 2, 3, 4);
        }
    }

    @Test
    void aGuestInLineSeesTheOffer() throws Exception {
        bookingHas("waitlist", Days.waitlistOffer("chez-nous", id, 1).put("status", "waiting"), 200);
        try (LiveClient guest = new LiveClient(live)) {
            guest.send(watchReservation(watchToken("waitlist", 3600)));
            assertThat(guest.version(1).get("op").asText()).isEqualTo("waitlist");
            publisher.change("waitlist.offered", Days.waitlistOffer("chez-nous", id, 2));
            assertThat(guest.version(2).at("/offer/time").asText()).isEqualTo("19:00");
        }
    }

    @Test
    void personalDataNeverLeavesEvenIfItComes() throws Exception {
        var leaky = Days.reservation("chez-nous", id, 1).put("note", "birthday");
        leaky.putObject("guest").put("name", "Ada");
        bookingHas("reservations", leaky, 200);
        try (LiveClient guest = new LiveClient(live)) {
            guest.send(watchReservation(watchToken("reservation", 3600)));
            JsonNode seen = guest.version(1);
            assertThat(seen.has("guest")).isFalse();
            assertThat(seen.has("note")).isFalse();
        }
    }

    @Test
    void aGuestIsToldWhileBookingCannotBeAskedAndThenGetsTheState() throws Exception {
        bookingHas("reservations", Days.reservation("chez-nous", id, 5), 503);
        try (LiveClient guest = new LiveClient(live)) {
            guest.send(watchReservation(watchToken("reservation", 3600)));
            assertThat(guest.error("not-yet-known").get("ref").asText()).isEqualTo("r");
            bookingHas("reservations", Days.reservation("chez-nous", id, 5), 200);
            assertThat(guest.version(5).get("op").asText()).isEqualTo("reservation");
        }
    }

    @Test
    void aWatchTokenThatIsForgedOrForSomethingElseIsRefused() throws Exception {
        bookingHas("reservations", Days.reservation("chez-nous", id, 1), 200);
        try (LiveClient guest = new LiveClient(live)) {
            guest.send(watchReservation("no.such.token"));
            assertThat(guest.error("token-invalid").get("ref").asText()).isEqualTo("r");
            String forged = Jwt.subject(id)
                    .audience("lasttable-live")
                    .claim("kind", "reservation")
                    .expiresAt(Instant.now().plusSeconds(60))
                    .sign(new SecretKeySpec("another-key-that-is-long-enough-0123456".getBytes(UTF_8), "HmacSHA256"));
            guest.send(watchReservation(forged).replace("'r'", "'forged'"));
            String wrongAudience = Jwt.subject(id)
                    .audience("somewhere-else")
                    .claim("kind", "reservation")
                    .expiresAt(Instant.now().plusSeconds(60))
                    .sign(key());
            guest.send(watchReservation(wrongAudience).replace("'r'", "'audience'"));
            guest.send(watchReservation(watchToken("reservation", -60)).replace("'r'", "'old'"));
            assertThat(guest.error("token-expired").get("ref").asText()).isEqualTo("old");
            assertThat(guest.frames().stream().map(f -> f.path("code").asText()))
                    .containsExactly("", "token-invalid", "token-invalid", "token-invalid", "token-expired");
        }
    }

    @Test
    void aWatchEndsWithItsTokenAndTheConnectionStays() throws Exception {
        bookingHas("reservations", Days.reservation("chez-nous", id, 1), 200);
        try (LiveClient guest = new LiveClient(live)) {
            guest.send(watchReservation(watchToken("reservation", 3)));
            assertThat(guest.version(1).get("id").asText()).isEqualTo(id);
            assertThat(guest.error("token-expired").get("ref").asText()).isEqualTo("r");
            guest.send(watchReservation(watchToken("reservation", 3600)));
            assertThat(guest.frame(3).get("version").asInt()).isEqualTo(1);
        }
    }

    @Test
    void staffSeeEveryChangeOfTheirVenueAndOfNoOther() throws Exception {
        try (LiveClient staff = new LiveClient(live, "bearer." + bearer("reservations:read", "mine-1", 3600))) {
            staff.send("{'op':'watchVenue','ref':'v','venueId':'mine-1'}");
            staff.send("{'op':'watchVenue','ref':'w','venueId':'theirs-1'}");
            assertThat(staff.error("forbidden").get("ref").asText()).isEqualTo("w");
            publisher.change(
                    "reservation.confirmed",
                    Days.reservation("theirs-1", UUID.randomUUID().toString(), 7));
            publisher.change("reservation.confirmed", Days.reservation("mine-1", id, 1));
            publisher.change("reservation.seated", Days.reservation("mine-1", id, 2));
            publisher.change(
                    "waitlist.joined",
                    Days.waitlistOffer("mine-1", UUID.randomUUID().toString(), 9));
            assertThat(staff.version(9).get("op").asText()).isEqualTo("waitlist");
            assertThat(staff.frames().stream()
                            .filter(f -> f.path("ref").asText().equals("v")))
                    .allMatch(f -> f.get("venueId").asText().equals("mine-1"))
                    .hasSize(3);
        }
    }

    @Test
    void aVenueIsWatchedWithTheRightTokenOnly() throws Exception {
        try (LiveClient nobody = new LiveClient(live)) {
            nobody.send("{'op':'watchVenue','ref':'v','venueId':'mine-2'}");
            assertThat(nobody.error("unauthorized").get("ref").asText()).isEqualTo("v");
        }
        try (LiveClient booker = new LiveClient(live, "bearer." + bearer("reservations:write", "mine-2", 3600))) {
            booker.send("{'op':'watchVenue','ref':'v','venueId':'mine-2'}");
            assertThat(booker.error("forbidden").get("ref").asText()).isEqualTo("v");
        }
        try (LiveClient all = new LiveClient(live, "bearer." + bearer("reservations:read", "*", 4))) {
            all.send("{'op':'watchVenue','ref':'v','venueId':'mine-2'}");
            assertThat(all.error("token-expired").get("ref").asText()).isEqualTo("v");
            all.watch("a", "known-9");
            assertThat(all.version(18).get("op").asText()).isEqualTo("day");
        }
    }

    @Test
    void aBadBearerTokenClosesWith4401() throws Exception {
        String[] bad = {
            "",
            "x",
            bearer("reservations:read", "*", -60),
            signed(claims("reservations:read", 3600).audience("another-application")),
            signed(claims("reservations:read", 3600).claim("typ", "ID")),
            signed(claims("reservations:read", 3600).claim("token_use", "id"))
        };
        for (String token : bad) {
            try (LiveClient client = new LiveClient(live, "bearer." + token)) {
                assertThat(client.closeCode()).isEqualTo(4401);
            }
        }
    }

    private void bookingHas(String kind, JsonNode value, int status) throws Exception {
        var stored = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(booking + "/v1/" + kind + "/" + id))
                                .header("Status", String.valueOf(status))
                                .PUT(HttpRequest.BodyPublishers.ofString(value.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        assertThat(stored.statusCode()).isEqualTo(204);
    }

    private static String watchReservation(String token) {
        return "{'op':'watchReservation','ref':'r','token':'" + token + "'}";
    }

    private String watchToken(String kind, long seconds) {
        return Jwt.subject(id)
                .audience("lasttable-live")
                .claim("venueId", "chez-nous")
                .claim("kind", kind)
                .expiresAt(Instant.now().plusSeconds(seconds))
                .sign(key());
    }

    private SecretKeySpec key() {
        return new SecretKeySpec(watchTokenKey.getBytes(UTF_8), "HmacSHA256");
    }

    private String bearer(String scope, String venue, long seconds) throws Exception {
        JwtClaimsBuilder claims = claims(scope, seconds);
        return signed(venue.equals("*") ? claims.claim("venue_ids", "*") : claims.claim("venue_ids", Set.of(venue)));
    }

    private JwtClaimsBuilder claims(String scope, long seconds) {
        return Jwt.issuer(booking)
                .subject("staff")
                .audience("lasttable")
                .claim("scope", scope)
                .issuedAt(Instant.now().minusSeconds(120))
                .expiresAt(Instant.now().plusSeconds(seconds));
    }

    private String signed(JwtClaimsBuilder claims) throws Exception {
        PrivateKey key = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(issuerKey)));
        return claims.jws().keyId("test").sign(key);
    }
}
