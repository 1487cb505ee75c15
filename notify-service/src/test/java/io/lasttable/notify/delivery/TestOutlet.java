package io.lasttable.notify.delivery;

import java.util.ArrayDeque;
import java.util.Queue;

/** A socket with room for one frame, or, when roomy, for all. */
public final class TestOutlet implements Outlet {

    private final TestFormat format;
    private final boolean roomy;
    private final Queue<String> arriving = new ArrayDeque<>();
    private boolean overwhelmed;

    public TestOutlet(TestFormat format, boolean roomy) {
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

    public boolean isOverwhelmed() {
        return overwhelmed;
    }

    /** The next frame, read by the client; null when there is none. */
    public String read(Client client) {
        String frame = arriving.poll();
        if (frame != null && !roomy) {
            client.drained();
        }
        return frame;
    }
}
