package io.lasttable.web;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What pages are told of where they are, in {@code settings.json}; nothing in it is secret.
 *
 * @param signIn where staff sign in; absent: they cannot
 * @param tokens an address that hands out tokens to whoever asks, for a platform on one's own machine; absent: there is none
 */
public record PageSettings(Optional<SignIn> signIn, Optional<String> tokens) {

    /**
     * The authorization code flow with PKCE, of a public client.
     *
     * @param issuer of OpenID Connect, whose discovery document says the rest
     * @param scope what is asked for, separated by spaces
     * @param connect origins beside the issuer's own where its document says that its endpoints are, such as its token endpoint
     */
    public record SignIn(String issuer, String clientId, String scope, List<String> connect) {

        private static final Pattern ORIGIN =
                Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d{1,5})?|https?://\\[[0-9A-Fa-f:]+](:\\d{1,5})?");

        public SignIn {
            connect = List.copyOf(connect);
            for (String each : connect) {
                if (!ORIGIN.matcher(each).matches()) {
                    throw new IllegalArgumentException(
                            "'" + each
                                    + "' is no origin that pages may connect to: write it as https://host or https://host:port");
                }
            }
        }

        /** Where pages have to be let connect to. */
        Stream<String> origins() {
            URI address = URI.create(issuer);
            return Stream.concat(Stream.of(address.getScheme() + "://" + address.getRawAuthority()), connect.stream());
        }
    }

    String json() {
        JsonObject settings = new JsonObject();
        signIn.ifPresent(with -> settings.put(
                "signIn",
                new JsonObject()
                        .put("issuer", with.issuer())
                        .put("clientId", with.clientId())
                        .put("scope", with.scope())));
        tokens.ifPresent(address -> settings.put("tokens", address));
        return settings.encode();
    }
}
