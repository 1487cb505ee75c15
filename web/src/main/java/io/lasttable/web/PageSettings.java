package io.lasttable.web;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Optional;

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
     */
    public record SignIn(String issuer, String clientId, String scope) {

        /** Where pages have to be let connect to; empty when that is where they come from. */
        String origin() {
            URI address = URI.create(issuer);
            return address.getScheme() + "://" + address.getRawAuthority();
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
