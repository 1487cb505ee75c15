package io.lasttable.notify.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.vertx.core.buffer.Buffer;

/**
 * A message as a server-sent event. States carry their version as id; {@code current} is a comment, and an error is an event
 * named {@code error-frame}, since {@code error} is the browser's own. Any other op gives the event its name.
 */
record EventFrame(Buffer event) implements Frame {

    static final Format EVENTS = EventFrame::of;

    private static Frame of(Message message) {
        return new EventFrame(
                switch (message.op()) {
                    case "current" -> Buffer.buffer(": current " + message.version() + "\n\n");
                    case "day", "change" -> event("id: " + message.version() + "\n", message);
                    case "error" -> event("event: error-frame\n", message);
                    default -> event("event: " + message.op() + "\n", message);
                });
    }

    private static Buffer event(String fields, Message message) {
        return Buffer.buffer(64 + message.rest().length)
                .appendString(fields)
                .appendString("data: ")
                .appendBytes(message.head())
                .appendBytes(message.rest())
                .appendBytes("\n\n".getBytes(UTF_8));
    }

    @Override
    public void release() {
        // On the heap, and left to the collector.
    }
}
