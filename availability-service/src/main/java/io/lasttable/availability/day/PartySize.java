package io.lasttable.availability.day;

/** How many people come, 1 to 999. */
public record PartySize(int value) {

    public static final String EXPECTED = "a whole number from 1 to 999";
    /** The largest party that calendar and search answer for: their packed form holds these sizes, see {@link OfferCode}. */
    public static final int LARGEST_SEARCHED = OfferCode.LARGEST_PARTY;

    public static final String EXPECTED_WHEN_SEARCHING = "a whole number from 1 to " + LARGEST_SEARCHED;

    public PartySize {
        if (value < 1 || value > 999) {
            throw new IllegalArgumentException("party size " + value);
        }
    }

    public static PartySize parse(String text) {
        return new PartySize(Integer.parseInt(text));
    }

    /** As {@link #parse}, for the reads over many days. */
    public static PartySize parseSearched(String text) {
        PartySize size = parse(text);
        if (size.value() > LARGEST_SEARCHED) {
            throw new IllegalArgumentException("party size " + size.value());
        }
        return size;
    }
}
