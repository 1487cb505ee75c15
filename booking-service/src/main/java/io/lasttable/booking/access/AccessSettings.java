package io.lasttable.booking.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/** Whom tokens are believed from, and what our own are signed with. */
@ConfigMapping(prefix = "lasttable")
public interface AccessSettings {

    /** HMAC key that signs watch tokens, shared with notify-service; at least 32 characters. */
    @Size(min = 32, message = "set LASTTABLE_WATCH_TOKEN_KEY to a secret of at least 32 characters") String watchTokenKey();

    /**
     * While the key is rotated: the next key until every replica knows it, then the one of before for a day. Tokens signed with it are
     * good, and requests are known again that were stored under it.
     */
    Optional<
                    @Size(
                            min = 32,
                            message = "set LASTTABLE_WATCH_TOKEN_OTHER_KEY to a secret of at least 32 characters")
                    String>
            watchTokenOtherKey();

    Oidc oidc();

    /** Bearer tokens: whom they must have been made for, and where they say what. */
    interface Oidc {

        /**
         * Who tokens must be made for: their {@code aud} has one of these, or, for issuers such as Cognito whose access tokens have
         * none, their {@code client_id} is one of these.
         */
        List<String> audience();

        /** The claim that bounds a token to venues: an array of ids, one id, or {@code *}. */
        @WithDefault("venue_ids")
        String venuesClaim();

        /** The claims that hold scopes, separated by spaces or as an array; {@code scp,roles} for Microsoft Entra ID. */
        @WithDefault("scope")
        List<String> scopeClaims();

        /** What stands before each scope in tokens: {@code lasttable/} for a resource server of Cognito. Default: nothing. */
        Optional<String> scopePrefix();
    }
}
