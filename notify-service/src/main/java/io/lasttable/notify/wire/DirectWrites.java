package io.lasttable.notify.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The system call {@code write}, past pipeline and outbound buffer. Only for a connection in whose outbound buffer nothing
 * waits, on its own event loop: no other thread closes the descriptor, so it cannot be another connection's by now.
 */
final class DirectWrites {

    private DirectWrites() {}

    /** Null where there is no descriptor to write to: the transport is not a native one. */
    static FileDescriptor descriptor(Channel channel) {
        return channel instanceof UnixChannel unix ? unix.fd() : null;
    }

    /** @return bytes that have left; 0 too when the connection is broken, which the way through the pipeline then finds out */
    static int send(FileDescriptor descriptor, ByteBuf frame) {
        try {
            if (!descriptor.isOpen()) {
                return 0;
            }
            if (frame.hasMemoryAddress()) {
                return descriptor.writeAddress(frame.memoryAddress(), frame.readerIndex(), frame.writerIndex());
            }
            ByteBuffer bytes = frame.internalNioBuffer(frame.readerIndex(), frame.readableBytes());
            return descriptor.write(bytes, bytes.position(), bytes.limit());
        } catch (IOException broken) {
            return 0;
        }
    }
}
