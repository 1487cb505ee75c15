package io.lasttable.availability.problem;

/** What every operation may answer instead of a result: references into the OpenAPI document. */
public final class ProblemResponses {

    public static final String BAD_INPUT = "#/components/responses/BadInput";
    public static final String UNKNOWN = "#/components/responses/Unknown";
    public static final String RATE_LIMITED = "#/components/responses/RateLimited";
    public static final String OVERLOADED = "#/components/responses/Overloaded";

    private ProblemResponses() {}
}
