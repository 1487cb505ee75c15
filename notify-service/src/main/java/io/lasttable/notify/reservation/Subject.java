package io.lasttable.notify.reservation;

/** What a guest can watch: a reservation or a waitlist entry. */
public record Subject(Kind kind, String id) {

    /** The two kinds; on the wire the frame's {@code op} and the watch token's claim {@code kind}. */
    public enum Kind {
        RESERVATION("reservation"),
        WAITLIST("waitlist");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }

    @Override
    public String toString() {
        return kind.wire() + " " + id;
    }
}
