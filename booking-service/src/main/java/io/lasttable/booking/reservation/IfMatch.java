package io.lasttable.booking.reservation;

import io.lasttable.booking.problem.Problem;
import java.util.OptionalLong;

/** The If-Match header (RFC 9110, section 13.1.1): one strong entity tag, or {@code *} for whatever there is. */
public final class IfMatch {

    private IfMatch() {}

    /** The version that the caller has seen; empty for any. Throws 428 when the header is missing. */
    public static OptionalLong required(String header) {
        if (header == null || header.isBlank()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag of what you change, as you read it.");
        }
        return optional(header);
    }

    /** The version that the caller insists on; empty when they do not. A weak tag never matches. */
    public static OptionalLong optional(String header) {
        if (header == null || header.isBlank() || header.strip().equals("*")) {
            return OptionalLong.empty();
        }
        String tag = header.strip();
        if (tag.matches("\"[0-9]{1,18}\"")) {
            return OptionalLong.of(Long.parseLong(tag.substring(1, tag.length() - 1)));
        }
        if (tag.matches("W/\"[^\"]*\"") || tag.matches("\"[^\",]*\"")) {
            return OptionalLong.of(-1);
        }
        throw Problem.invalid("/header/If-Match", "must be one ETag as it was read, such as \"3\"");
    }
}
