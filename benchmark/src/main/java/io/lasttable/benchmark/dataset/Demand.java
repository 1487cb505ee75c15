package io.lasttable.benchmark.dataset;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Random;

/**
 * What guests want: mostly two, mostly around half past seven, most on Friday and Saturday, and mostly soon.
 *
 * <p>Used twice: to fill the days of the data set, and by whoever plays the guests of a benchmark.
 */
public final class Demand {

    private static final int DINNER_PEAK = 19 * 60 + 30;
    private static final int DINNER_SPREAD = 70;
    private static final int LUNCH_PEAK = 12 * 60 + 45;
    private static final int LUNCH_SPREAD = 35;
    private static final double LUNCH_SHARE = 0.25;
    private static final int[] PARTY_OF_A_HUNDRED = {6, 52, 62, 85, 91, 96, 97, 99, 99, 100};

    private Demand() {}

    /** 1 to 10, half of them 2. */
    public static int partySize(Random random) {
        int ticket = random.nextInt(100);
        int party = 1;
        while (ticket >= PARTY_OF_A_HUNDRED[party - 1]) {
            party++;
        }
        return party;
    }

    /** A wanted start, minutes after midnight, on the quarter hour: a quarter lunch, else dinner. */
    public static int minute(Random random) {
        boolean lunch = random.nextDouble() < LUNCH_SHARE;
        double minute = lunch
                ? LUNCH_PEAK + random.nextGaussian() * LUNCH_SPREAD
                : DINNER_PEAK + random.nextGaussian() * DINNER_SPREAD;
        return Math.max(0, Math.min(23 * 60 + 45, (int) Math.round(minute / 15) * 15));
    }

    /** Days from today, 0 to {@code most}: half of all bookings are for the next few days. */
    public static int daysAhead(Random random, int most) {
        return (int) Math.min(most, -Math.log(1 - random.nextDouble()) * 6);
    }

    /** How much of a day's covers guests ask for, as a share: more at weekends. */
    static double pressure(LocalDate date) {
        DayOfWeek day = date.getDayOfWeek();
        return switch (day) {
            case FRIDAY, SATURDAY -> 1.4;
            case THURSDAY, SUNDAY -> 0.9;
            default -> 0.55;
        };
    }
}
