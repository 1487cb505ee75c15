package io.lasttable.notify.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What permessage-deflate adds to each delivery: one frame through a connection's own compressor (level 6, 32 KB window kept
 * from message to message, sync flush: what is negotiated where compression is on). The bytes before and after are printed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CompressionBenchmark {

    private static final int TAIL = 4;
    private static final int VERSIONS = 4096;

    /** {@code day}: forty slots; {@code change}: three of them. */
    @Param({"day", "change"})
    String frame;

    private final Deflater deflater = new Deflater(6, true);
    private final byte[] out = new byte[64 * 1024];
    private byte[][] versions;
    private int next;

    @Setup(Level.Trial)
    public void frames() {
        versions = new byte[VERSIONS][];
        for (int version = 0; version < versions.length; version++) {
            versions[version] = frame(version).getBytes(UTF_8);
        }
        long bytes = 0;
        long deflated = 0;
        for (byte[] version : versions) {
            bytes += version.length;
            deflated += deflate();
        }
        System.out.printf(
                "%s: %d bytes, %d of them deflated%n", frame, bytes / versions.length, deflated / versions.length);
    }

    private String frame(int version) {
        StringBuilder json = new StringBuilder("{\"op\":\"" + frame + "\",\"ref\":\"a\",");
        json.append(
                frame.equals("day")
                        ? "\"venueId\":\"chez-nous\",\"date\":\"2026-11-28\",\"version\":" + version
                                + ",\"minNotice\":\"PT30M\",\"slots\":["
                        : "\"from\":" + version + ",\"version\":" + (version + 1) + ",\"slots\":[");
        int slots = frame.equals("day") ? 40 : 3;
        for (int i = 0; i < slots; i++) {
            int at = frame.equals("day") ? i : (version + i * 7) % 40;
            String time = String.format("%02d:%02d", 12 + at / 4, at % 4 * 15);
            json.append(i == 0 ? "" : ",")
                    .append("{\"time\":\"" + time + "\",\"startsAt\":\"2026-11-28T" + time + ":00Z\",\"left\":{\"2\":"
                            + (version * 31 + at) % 997 + ",\"4\":" + (version * 17 + at) % 991 + "}}");
        }
        return json.append("]}").toString();
    }

    /** One delivery's compression; returns the bytes that go out. */
    @Benchmark
    public int deflate() {
        next = (next + 1) % versions.length;
        deflater.setInput(versions[next]);
        return deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - TAIL;
    }

    @TearDown
    public void end() {
        deflater.end();
    }
}
