package io.lasttable.notify.reservation;

import io.lasttable.notify.delivery.Message;

/**
 * A reservation or waitlist entry after a change, without personal data.
 *
 * @param version of the subject; rises with each change
 * @param rest its JSON behind the opening brace
 */
public record Change(Subject subject, String venueId, long version, byte[] rest) {

    Message message(String ref) {
        return new Message(subject.kind().wire(), ref, rest, version);
    }
}
