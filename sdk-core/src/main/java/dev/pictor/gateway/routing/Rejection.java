package dev.pictor.gateway.routing;

/** Why a candidate was left out. More kinds may come; keep a {@code default} branch. */
public enum Rejection {
    /** The caller insisted on another model. */
    NOT_ASKED_FOR(false),
    /** It cannot do what the request asks. */
    CANNOT_SERVE(false),
    /** Its vendor no longer serves it. */
    RETIRED(false),
    /** What it costs is not known, and there is a limit on the cost. */
    UNKNOWN_PRICE(false),
    /** It may cost more than is left or allowed. */
    OVER_BUDGET(false),
    /** Its breaker is open. */
    BREAKER_OPEN(true),
    /** Its vendor asked to be left alone for a while. */
    COOLING_DOWN(true);

    private final boolean passing;

    Rejection(boolean passing) {
        this.passing = passing;
    }

    /**
     * Returns whether waiting helps.
     *
     * @return true if the same request may be served there a little later
     */
    public boolean isPassing() {
        return passing;
    }
}
