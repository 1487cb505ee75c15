package io.lasttable.booking.embed;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a key is exchanged for, with the names of RFC 6749.
 *
 * @param expiresIn seconds
 */
record GuestToken(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        String venueId) {}
