package io.lasttable.notify.wire;

import io.quarkus.websockets.next.CloseReason;

/** Every way in which the server ends a socket (RFC 6455, section 7.4, and this protocol's own). */
public enum CloseCode {
    /** Broke RFC 6455. */
    PROTOCOL_ERROR(1002),
    /** Text that is not UTF-8. */
    NOT_UTF8(1007),
    /** Offers no subprotocol, or sends without reading the answers. */
    POLICY(1008),
    TOO_LARGE(1009),
    /** The replica goes away; another serves. */
    RESTART(1012),
    /** Not a frame of {@code lasttable.v1}. */
    BAD_FRAME(4400),
    /** The bearer token is invalid or has expired. */
    TOKEN(4401),
    /** Silent peer, or nothing watched for long. */
    IDLE(4408),
    /** More messages than allowed. */
    TOO_MANY(4429);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public CloseReason because(String reason) {
        return new CloseReason(code, reason);
    }
}
