package io.lasttable.notify.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The assembled module as the build left it; it says its version itself.
 *
 * @param compressed with gzip, once for all who take it
 * @param hash of the plain bytes
 */
record ModuleText(byte[] bytes, byte[] compressed, String version, String hash) {

    /** Read when it is first asked for. */
    static final ModuleText SERVED = read("/META-INF/resources/v1/live/client.js");

    private static final int ETAG_CHARACTERS = 16;

    private static ModuleText read(String resource) {
        try (InputStream text = ModuleText.class.getResourceAsStream(resource)) {
            byte[] bytes = text.readAllBytes();
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Matcher version = Pattern.compile("export const version = '([^']+)'")
                    .matcher(new String(bytes, StandardCharsets.UTF_8));
            if (!version.find()) {
                throw new IllegalStateException(resource + " does not say its version");
            }
            return new ModuleText(bytes, gzip(bytes), version.group(1), hash.substring(0, ETAG_CHARACTERS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
