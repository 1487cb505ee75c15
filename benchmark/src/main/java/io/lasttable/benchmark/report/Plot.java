package io.lasttable.benchmark.report;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A curve as SVG: x logarithmic when it spans more than two decades, y from zero. */
final class Plot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int Y_TICKS = 5;
    private static final double DECADES_FOR_LOG = 30;

    private final Curve curve;
    private final SortedMap<Double, Double> points;
    private final boolean logarithmic;
    private final double top;

    private Plot(Curve curve) {
        this.curve = curve;
        this.points = curve.medians();
        double first = points.firstKey();
        this.logarithmic = first > 0 && points.lastKey() / first > DECADES_FOR_LOG;
        this.top = Math.max(1e-9, points.values().stream().max(Double::compare).orElse(1.0)) * 1.1;
    }

    static String svg(Curve curve) {
        return new Plot(curve).svg();
    }

    private String svg() {
        StringBuilder svg =
                new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" height=\""
                        + HEIGHT + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.append(text(WIDTH / 2.0, 20, "middle", curve.name()));
        svg.append(text(WIDTH / 2.0, HEIGHT - 10.0, "middle", curve.xLabel()));
        svg.append(text(LEFT, TOP - 8.0, "start", curve.yLabel()));
        for (int i = 0; i <= Y_TICKS; i++) {
            double y = top * i / Y_TICKS;
            svg.append(line(LEFT, y(y), WIDTH - RIGHT, y(y), "#ddd"));
            svg.append(text(LEFT - 6.0, y(y) + 4, "end", Statistics.show(y)));
        }
        for (double x : points.keySet()) {
            svg.append(line(x(x), HEIGHT - BOTTOM, x(x), HEIGHT - BOTTOM + 4.0, "#333"));
            svg.append(text(x(x), HEIGHT - BOTTOM + 18.0, "middle", Statistics.show(x)));
        }
        String way = points.entrySet().stream()
                .map(point -> number(x(point.getKey())) + "," + number(y(point.getValue())))
                .collect(Collectors.joining(" "));
        svg.append("<polyline fill=\"none\" stroke=\"#0b6\" stroke-width=\"2\" points=\"" + way + "\"/>\n");
        for (Map.Entry<Double, Double> point : points.entrySet()) {
            svg.append("<circle r=\"3.5\" fill=\"#0b6\" cx=\"" + number(x(point.getKey())) + "\" cy=\""
                    + number(y(point.getValue())) + "\"/>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private double x(double value) {
        double from = scaled(points.firstKey());
        double to = scaled(points.lastKey());
        double share = to == from ? 0.5 : (scaled(value) - from) / (to - from);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private static String line(double x1, double y1, double x2, double y2, String colour) {
        return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" + number(y2)
                + "\" stroke=\"" + colour + "\"/>\n";
    }

    private static String text(double x, double y, String anchor, String text) {
        return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">"
                + text.replace("&", "&amp;").replace("<", "&lt;") + "</text>\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
