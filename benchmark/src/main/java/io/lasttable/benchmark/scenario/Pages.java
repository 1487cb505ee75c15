package io.lasttable.benchmark.scenario;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pages on the live client itself, in a node process: each a connection of its own through the load balancer, with one day. */
final class Pages implements AutoCloseable {

    /**
     * {@code stale} is for how long a page was not live, {@code late} how much later than the first of its day's watchers it was
     * told a version, in milliseconds, {@code opened} how many connections were opened; all since the last answer, which comes when every page
     * is live again.
     */
    private static final String PROGRAM = """
            const [module, url, count, ...days] = process.argv.slice(1);
            let opened = 0;
            globalThis.WebSocket = class extends WebSocket {
              constructor(...how) { super(...how); opened++; }
            };
            const { connect } = await import(module);
            const first = new Map();
            const now = () => performance.now();
            const open = (day) => {
              const page = { day, version: 0, late: 0, stale: 0, since: now(), seen: false };
              const live = connect({ url });
              live.onerror = () => {};
              live.watchDay(...day.split('/'), {
                onvalue: ({ version }) => {
                  const told = `${day} ${version}`;
                  if (!first.has(told)) first.set(told, now());
                  page.late = Math.max(page.late, now() - first.get(told));
                  page.version = version;
                },
                onstate: ({ state }) => {
                  if (state !== 'live') page.since ??= now();
                  else if (page.since !== undefined) [page.stale, page.since] = [page.stale + now() - page.since, undefined];
                },
                onerror: () => {},
              });
              return page;
            };
            const pages = Array.from({ length: Number(count) }, (_, i) => open(days[i % days.length]));
            const settled = async () => { while (pages.some(({ since }) => since !== undefined)) await new Promise((go) => setTimeout(go, 20)); };
            const sorted = (name) => pages.map((page) => page[name]).sort((a, b) => a - b);
            const told = (name) => ({ middle: sorted(name)[pages.length >> 1], longest: sorted(name).at(-1) });
            for await (const line of process.stdin.setEncoding('utf8')) {
              await settled();
              console.log(JSON.stringify({ stale: told('stale'), late: told('late'), touched: pages.filter(({ stale }) => stale > 0).length, opened }));
              opened = 0;
              for (const page of pages) Object.assign(page, { late: 0, stale: 0 });
            }
            process.exit(0);
            """;

    private final Process node;
    private final BufferedWriter to;
    private final BufferedReader from;

    private Pages(Process node) {
        this.node = node;
        this.to = new BufferedWriter(new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8));
        this.from = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param module the client as it is served; returns when every page is live */
    static Pages open(Path module, String url, int count, List<String> dayKeys) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "node",
                "--experimental-websocket",
                "--no-warnings",
                "--input-type=module",
                "--eval",
                PROGRAM,
                module.toUri().toString(),
                url,
                String.valueOf(count)));
        command.addAll(dayKeys);
        Pages pages = new Pages(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        JsonObject opened = pages.told();
        assert !opened.isEmpty();
        return pages;
    }

    /** What has become of them since the last time; counts anew from here. */
    JsonObject told() throws IOException {
        to.write("told\n");
        to.flush();
        String line = from.readLine();
        if (line == null) {
            throw new IOException("The pages' process has ended; node 20 or newer is needed");
        }
        return new JsonObject(line);
    }

    @Override
    public void close() {
        node.destroy();
    }
}
