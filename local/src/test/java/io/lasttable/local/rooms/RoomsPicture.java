package io.lasttable.local.rooms;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rooms as an SVG, each above all that it uses. An arrow that passes a floor has a place on it, so that rooms make way; floors are put in
 * an order in which few arrows cross, by the mean of what each place hangs on.
 */
final class RoomsPicture {

    private static final int ROW = 84;
    private static final int BOX = 38;
    private static final int MARGIN = 24;
    private static final int PASSAGE = 10;
    private static final int GAP = 18;
    private static final int SWEEPS = 24;

    private final Rooms rooms;
    private final List<List<String>> floors = new ArrayList<>();
    private final Map<String, List<String>> down = new TreeMap<>();
    private final Map<String, List<String>> up = new TreeMap<>();
    private final Map<String, Integer> middles = new HashMap<>();

    RoomsPicture(Rooms rooms) {
        this.rooms = rooms;
        rooms.uses().keySet().forEach(room -> floor(rooms.height(room)).add(room));
        rooms.shortest().forEach((room, used) -> used.forEach(each -> lead(room, each)));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            Map<String, List<String>> hangsOn = sweep % 2 == 0 ? down : up;
            floors.forEach(floor -> order(floor, hangsOn));
        }
        floors.forEach(this::place);
    }

    private List<String> floor(int height) {
        while (floors.size() <= height) {
            floors.add(new ArrayList<>());
        }
        return floors.get(height);
    }

    private void lead(String from, String to) {
        String at = from;
        for (int height = rooms.height(from) - 1; height > rooms.height(to); height--) {
            String passage = from + ">" + to + ">" + height;
            floor(height).add(passage);
            join(at, passage);
            at = passage;
        }
        join(at, to);
    }

    private void join(String above, String below) {
        down.computeIfAbsent(above, any -> new ArrayList<>()).add(below);
        up.computeIfAbsent(below, any -> new ArrayList<>()).add(above);
    }

    private void order(List<String> floor, Map<String, List<String>> hangsOn) {
        Map<String, Double> wish = new HashMap<>();
        for (String each : floor) {
            wish.put(
                    each,
                    hangsOn.getOrDefault(each, List.of()).stream()
                            .mapToDouble(this::share)
                            .average()
                            .orElse(share(each)));
        }
        floor.sort(Comparator.<String>comparingDouble(wish::get).thenComparing(Comparator.naturalOrder()));
    }

    /** Where on its floor it is, between 0 and 1. */
    private double share(String place) {
        List<String> floor =
                floors.stream().filter(each -> each.contains(place)).findFirst().orElseThrow();
        return (floor.indexOf(place) + 0.5) / floor.size();
    }

    private void place(List<String> floor) {
        int left = (width() - width(floor)) / 2;
        for (String each : floor) {
            middles.put(each, left + width(each) / 2);
            left += width(each) + GAP;
        }
    }

    private int width() {
        return 2 * MARGIN + floors.stream().mapToInt(this::width).max().orElse(0);
    }

    private int width(List<String> floor) {
        return floor.stream().mapToInt(this::width).sum() + GAP * (floor.size() - 1);
    }

    private int width(String place) {
        return isRoom(place) ? 26 + 8 * place.length() : PASSAGE;
    }

    private boolean isRoom(String place) {
        return rooms.uses().containsKey(place);
    }

    private int top(int height) {
        return MARGIN + (floors.size() - 1 - height) * ROW;
    }

    /** @param title for those who cannot see it */
    String svg(String title) {
        int tall = top(0) + BOX + MARGIN;
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>%3$s</title>
                <style>
                text { font: 13px sans-serif; text-anchor: middle; fill: #1d2733 } .few { font-size: 10px; fill: #5b6875 }
                rect { fill: #f2f6fb; stroke: #7a8ea3 } path { fill: none; stroke: #a3b4c6 } .paper { fill: #fff; stroke: none }
                </style>
                <rect class="paper" width="%1$d" height="%2$d"/>
                """.formatted(width(), tall, title));
        for (int height = floors.size() - 1; height >= 0; height--) {
            for (String each : floors.get(height)) {
                arrows(svg, each, height);
            }
        }
        for (int height = floors.size() - 1; height >= 0; height--) {
            for (String each : floors.get(height)) {
                box(svg, each, height);
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private void arrows(StringBuilder svg, String place, int height) {
        int x = middles.get(place);
        int y = top(height) + BOX;
        if (!isRoom(place)) {
            svg.append("<path d=\"M%d %dV%d\"/>\n".formatted(x, y - BOX, y));
        }
        for (String below : down.getOrDefault(place, List.of())) {
            int bend = (ROW - BOX) / 2;
            svg.append("<path d=\"M%d %dC%d %d %d %d %d %d\"/>\n"
                    .formatted(x, y, x, y + bend, middles.get(below), y + bend, middles.get(below), top(height - 1)));
        }
    }

    private void box(StringBuilder svg, String place, int height) {
        if (isRoom(place)) {
            int x = middles.get(place);
            int y = top(height);
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/>\n"
                    .formatted(x - width(place) / 2, y, width(place), BOX));
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y + 17, place));
            svg.append("<text class=\"few\" x=\"%d\" y=\"%d\">%d</text>\n"
                    .formatted(x, y + 31, rooms.classes().get(place)));
        }
    }
}
