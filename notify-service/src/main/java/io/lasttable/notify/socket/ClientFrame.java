package io.lasttable.notify.socket;

import io.lasttable.notify.access.Bearer;
import io.lasttable.notify.access.WatchTokens.Check;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.wire.CloseCode;
import java.time.Instant;

/** What a client may send, and what is done then. */
sealed interface ClientFrame {

    /** Does what it asks for; on the session's event loop. */
    void run(Session session);

    /** A day, from a version on that the client has; 0 for none. */
    record Watch(String ref, DayKey key, long version, boolean confirm) implements ClientFrame {
        @Override
        public void run(Session session) {
            session.shard().days().watch(session.outbox(), ref, key, version, confirm);
        }
    }

    /** No more of what is watched under the ref. */
    record Unwatch(String ref) implements ClientFrame {
        @Override
        public void run(Session session) {
            session.outbox().unwatch(ref);
        }
    }

    /** A guest's view of one reservation or waitlist entry. */
    record WatchReservation(String ref, String token) implements ClientFrame {
        @Override
        public void run(Session session) {
            Check check = session.check(token);
            if (check instanceof Check.Valid valid) {
                session.shard()
                        .reservations()
                        .watch(session.outbox(), ref, valid.subject(), token, valid.validUntilSeconds());
            } else if (check instanceof Check.Expired) {
                refuse(session, ref, "token-expired", "The watch token has expired; get the reservation anew.");
            } else {
                refuse(session, ref, "token-invalid", "This is not a watch token of this platform.");
            }
        }
    }

    /** Staff's view of a venue. */
    record WatchVenue(String ref, String venueId) implements ClientFrame {
        @Override
        public void run(Session session) {
            Bearer bearer = session.bearer();
            if (bearer == null) {
                refuse(session, ref, "unauthorized", "Connect with a bearer token of scope reservations:read.");
            } else if (!bearer.mayRead(venueId)) {
                refuse(session, ref, "forbidden", "The token lacks reservations:read or this venue.");
            } else if (bearer.validUntilSeconds() <= Instant.now().getEpochSecond()) {
                refuse(session, ref, "token-expired", "The bearer token has expired; connect with a new one.");
            } else {
                session.shard().reservations().watchVenue(session.outbox(), ref, venueId, bearer.validUntilSeconds());
            }
        }
    }

    /** Well-formed, but it asks for something that does not exist; the connection stays open. */
    record Refused(String ref, String code, String message) implements ClientFrame {
        @Override
        public void run(Session session) {
            refuse(session, ref, code, message);
        }
    }

    /** Not a frame of the protocol; the connection is closed. */
    record Bad(String why) implements ClientFrame {
        @Override
        public void run(Session session) {
            session.end(CloseCode.BAD_FRAME.because(why));
        }
    }

    private static void refuse(Session session, String ref, String code, String message) {
        session.outbox().reply(Message.error(ref, code, message));
    }
}
