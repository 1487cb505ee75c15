package io.lasttable.notify.wire;

import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * A message in one pooled buffer outside the heap. {@link #PLAIN} has the header of RFC 6455, section 5.2, in front, so that
 * writing it to a socket is no work but the system call; {@link #DEFLATED} leaves header and compression to the connection,
 * whose compressor has a state of its own.
 */
public record SocketFrame(ByteBuf buffer) implements Frame {

    public static final Format PLAIN = message -> encode(message, true);
    public static final Format DEFLATED = message -> encode(message, false);

    private static final int FINAL_TEXT = 0x81;
    private static final int SIXTEEN_BITS = 126;
    private static final int SIXTY_FOUR_BITS = 127;

    private static Frame encode(Message message, boolean header) {
        byte[] head = message.head();
        int length = head.length + message.rest().length;
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(length + 10);
        if (header) {
            writeHeader(buffer, length);
        }
        return new SocketFrame(buffer.writeBytes(head).writeBytes(message.rest()));
    }

    private static void writeHeader(ByteBuf buffer, int length) {
        buffer.writeByte(FINAL_TEXT);
        if (length < SIXTEEN_BITS) {
            buffer.writeByte(length);
        } else if (length <= 0xFFFF) {
            buffer.writeByte(SIXTEEN_BITS).writeShort(length);
        } else {
            buffer.writeByte(SIXTY_FOUR_BITS).writeLong(length);
        }
    }

    public int size() {
        return buffer.readableBytes();
    }

    @Override
    public void release() {
        buffer.release();
    }
}
