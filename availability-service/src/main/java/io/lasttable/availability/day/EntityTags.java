package io.lasttable.availability.day;

import jakarta.ws.rs.core.EntityTag;
import java.util.Arrays;

/** The version of a day as an ETag. */
final class EntityTags {

    private EntityTags() {}

    static EntityTag of(long version) {
        return new EntityTag(Long.toString(version));
    }

    /** Weak comparison (RFC 9110, 13.1.2), so that a tag weakened by a compressing proxy still matches. */
    static boolean match(String ifNoneMatch, long version) {
        String tag = "\"" + version + "\"";
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::trim)
                        .anyMatch(candidate -> candidate.equals(tag) || candidate.equals("W/" + tag));
    }
}
