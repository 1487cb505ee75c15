package io.lasttable.notify.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * One message of the protocol. Its {@link #rest} is the same for every watcher and encoded once; the ref in front of it is
 * each client's own.
 *
 * @param ref null for a message about the whole connection
 * @param rest the JSON behind {@code op} and {@code ref}, with the closing brace
 * @param version the version that the client has afterwards; 0 when the message is not about one
 */
public record Message(String op, String ref, byte[] rest, long version) {

    /** An error that leaves the connection open; {@code ref} may be null. */
    public static Message error(String ref, String code, String message) {
        return of("error", ref, "\"code\":\"" + code + "\",\"message\":" + Json.quoted(message) + "}");
    }

    public static Message hello(String session, long pingIntervalMs) {
        return of("hello", null, "\"session\":\"" + session + "\",\"pingIntervalMs\":" + pingIntervalMs + "}");
    }

    /** Nothing is newer than this version. */
    public static Message current(String ref, long version) {
        return new Message("current", ref, ("\"version\":" + version + "}").getBytes(UTF_8), version);
    }

    public static Message bye(long reconnectAfterMs) {
        return of("bye", null, "\"reconnectAfterMs\":" + reconnectAfterMs + "}");
    }

    public static Message of(String op, String ref, String rest) {
        return new Message(op, ref, rest.getBytes(UTF_8), 0);
    }

    /** The JSON in front of {@link #rest}. */
    public byte[] head() {
        String at = ref == null ? "" : "\"ref\":" + Json.quoted(ref) + ",";
        return ("{\"op\":\"" + op + "\"," + at).getBytes(UTF_8);
    }

    /** The whole message. */
    public String json() {
        return new String(head(), UTF_8) + new String(rest, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && json().equals(message.json());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rest);
    }

    @Override
    public String toString() {
        return json();
    }
}
