package io.lasttable.booking.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A request body as JSON, strictly: UTF-8, one value, nothing behind it, no field twice. */
public final class JsonBody {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What decoding leaves where bytes stood for no character. */
    private static final char LOST = '\ufffd';

    private JsonBody() {}

    /** An absent body is read as a missing value; throws {@link Unreadable}. */
    public static JsonNode read(String body) {
        if (body == null || body.isEmpty()) {
            return MissingNode.getInstance();
        }
        if (body.indexOf(LOST) >= 0) {
            throw new Unreadable("must be UTF-8 without U+FFFD, which stands where a character was lost");
        }
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new Unreadable("the body must be one JSON value without repeated members" + where(e.getLocation()));
        }
    }

    /** The same for bodies that are the same JSON, whatever the order of their members; what is no JSON object is left as it is. */
    public static String canonical(String body) {
        if (body == null || !body.stripLeading().startsWith("{")) {
            return body;
        }
        try {
            return CANONICAL.writeValueAsString(CANONICAL.readTree(body));
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private static String where(JsonLocation at) {
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** The body is no JSON; the message says what it must be. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }
}
