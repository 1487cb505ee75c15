package io.lasttable.notify.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts the fragments of a text message together (RFC 6455, section 5.4) and decodes them; bounded. */
final class TextMessages {

    /** More than the limit. */
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final int mostBytes;
    private byte[] begun;

    TextMessages(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @return the message when {@code last}, otherwise null */
    String add(ByteBuf fragment, boolean last) throws TooLong, CharacterCodingException {
        int before = begun == null ? 0 : begun.length;
        if (before + fragment.readableBytes() > mostBytes) {
            throw new TooLong();
        }
        byte[] bytes = ByteBufUtil.getBytes(fragment);
        if (before > 0) {
            byte[] longer = Arrays.copyOf(begun, before + bytes.length);
            System.arraycopy(bytes, 0, longer, before, bytes.length);
            bytes = longer;
        }
        begun = last ? null : bytes;
        return last ? decode(bytes) : null;
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
