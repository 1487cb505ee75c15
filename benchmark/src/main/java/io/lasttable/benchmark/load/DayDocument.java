package io.lasttable.benchmark.load;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** A made-up day in the form of the Kafka contract; every version has other counts in every slot. */
record DayDocument(String venueId, String date, int slots) {

    private static final LocalTime FIRST = LocalTime.of(11, 0);
    private static final int MINUTES = 15;

    String key() {
        return venueId + "/" + date;
    }

    String json(long version) {
        return "{\"venueId\":\"" + venueId + "\",\"date\":\"" + date + "\",\"version\":" + version
                + ",\"minNotice\":\"PT0S\",\"slots\":[" + slotsJson(version) + "]}";
    }

    private String slotsJson(long version) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < slots; i++) {
            LocalTime time = FIRST.plusMinutes((long) MINUTES * i);
            String startsAt =
                    LocalDate.parse(date).atTime(time).toInstant(ZoneOffset.UTC).toString();
            json.append(i == 0 ? "" : ",")
                    .append("{\"time\":\"")
                    .append(time)
                    .append("\",\"startsAt\":\"")
                    .append(startsAt)
                    .append("\",\"left\":{\"2\":")
                    .append(1 + (version + i) % 9)
                    .append("}}");
        }
        return json.toString();
    }
}
