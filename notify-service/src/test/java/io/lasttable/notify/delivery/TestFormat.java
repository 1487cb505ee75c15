package io.lasttable.notify.delivery;

/** Frames that are the message's text, and that must be released exactly once. */
public final class TestFormat implements Format {

    /** What an outlet is given. */
    public static final class TestFrame implements Frame {
        private final TestFormat format;
        private final String text;
        private boolean released;

        TestFrame(TestFormat format, String text) {
            this.format = format;
            this.text = text;
        }

        public String text() {
            if (released) {
                throw new IllegalStateException("written after it was released: " + text);
            }
            return text;
        }

        @Override
        public void release() {
            if (released) {
                throw new IllegalStateException("released twice: " + text);
            }
            released = true;
            format.unreleased--;
        }
    }

    private int unreleased;
    private int failures;

    @Override
    public Frame encode(Message message) {
        if (failures > 0) {
            failures--;
            throw new OutOfMemoryError("expected");
        }
        unreleased++;
        return new TestFrame(this, message.json());
    }

    /** The next so many messages cannot be encoded. */
    public void fail(int messages) {
        failures = messages;
    }

    public int unreleased() {
        return unreleased;
    }
}
