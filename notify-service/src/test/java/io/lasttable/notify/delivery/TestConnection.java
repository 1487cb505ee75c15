package io.lasttable.notify.delivery;

import java.util.ArrayDeque;
import java.util.Queue;

/** A socket with room for one frame, or, when roomy, for all. */
public final class TestConnection extends Connection {

    private final TestFormat format;
    private final boolean roomy;
    private final Queue<String> arriving = new ArrayDeque<>();
    private boolean overwhelmed;

    /** @param roomy takes every frame at once */
    public TestConnection(TestFormat format, boolean roomy) {
        super(1);
        this.format = format;
        this.roomy = roomy;
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public boolean write(Frame frame) {
        if (!roomy && !arriving.isEmpty()) {
            throw new AssertionError("two frames in flight");
        }
        arriving.add(((TestFormat.TestFrame) frame).text());
        return roomy;
    }

    @Override
    public void overwhelmed() {
        overwhelmed = true;
    }

    @Override
    public void visit(long nowMillis) {}

    @Override
    public void bye(long reconnectAfterMillis) {}

    @Override
    public boolean isLeaving() {
        return false;
    }

    public boolean isOverwhelmed() {
        return overwhelmed;
    }

    /** The next frame, read by the client; null when there is none. */
    public String read() {
        String frame = arriving.poll();
        if (frame != null && !roomy) {
            outbox().drained();
        }
        return frame;
    }
}
