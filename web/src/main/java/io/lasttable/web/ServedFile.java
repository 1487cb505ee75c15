package io.lasttable.web;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * One file, compressed once.
 *
 * @param kept how long a browser may keep it, as {@code Cache-Control} says it
 */
record ServedFile(Buffer plain, Buffer compressed, Kind kind, String hash, String kept) {

    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";

    /** What a file is, by the end of its name. */
    enum Kind {
        HTML("text/html; charset=utf-8"),
        JS("text/javascript; charset=utf-8"),
        CSS("text/css; charset=utf-8"),
        SVG("image/svg+xml"),
        JSON("application/json");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /** @param changes whether its address stays the same when its contents do not */
    static ServedFile of(byte[] content, Kind kind, boolean changes) {
        CRC32 sum = new CRC32();
        sum.update(content);
        return new ServedFile(
                Buffer.buffer(content),
                Buffer.buffer(gzip(content)),
                kind,
                HexFormat.of().toHexDigits((int) sum.getValue()),
                changes ? ASK_EACH_TIME : FOR_GOOD);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new Tight(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** Once for all, so it may take its time. */
    private static final class Tight extends GZIPOutputStream {

        Tight(ByteArrayOutputStream to) throws IOException {
            super(to);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
