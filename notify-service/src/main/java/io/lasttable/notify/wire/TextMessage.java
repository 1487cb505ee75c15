package io.lasttable.notify.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A text message put together from its fragments (RFC 6455, section 5.4) and decoded; bounded. */
final class TextMessage {

    /** More than the limit. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }

    private TextMessage() {}

    /** @param begun the fragments before; null for none */
    static byte[] join(byte[] begun, ByteBuf fragment, int mostBytes) throws TooLong {
        int before = begun == null ? 0 : begun.length;
        if (before + fragment.readableBytes() > mostBytes) {
            throw new TooLong();
        }
        byte[] bytes = ByteBufUtil.getBytes(fragment);
        if (before == 0) {
            return bytes;
        }
        byte[] longer = Arrays.copyOf(begun, before + bytes.length);
        System.arraycopy(bytes, 0, longer, before, bytes.length);
        return longer;
    }

    static String decode(byte[] message) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(message))
                .toString();
    }
}
