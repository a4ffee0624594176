package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.immutables.value.Value;

/** Which runs are looked for. A run is found if everything that is said here is true of it. Immutable. */
@Value.Immutable
public abstract class RunQuery {

    /** How many runs a page has by default: 50. */
    public static final int DEFAULT_LIMIT = 50;

    /** How many runs a page has at most: 1,000. */
    public static final int MAX_LIMIT = 1_000;

    private static final RunQuery ALL = builder().build();
    private static final Pattern CURSOR = Pattern.compile("([0-7][0-9A-HJKMNP-TV-Z]{25})-([0-9a-f]{8})");

    RunQuery() {}

    /**
     * Returns the query that finds every run.
     *
     * @return pages of 50 runs
     */
    public static RunQuery all() {
        return ALL;
    }

    /**
     * Returns a builder for a query that finds every run.
     *
     * @return a new builder
     */
    public static RunQueryBuilder builder() {
        return new RunQueryBuilder();
    }

    /**
     * Returns a builder that begins with what this query says.
     *
     * @return a new builder
     */
    public final RunQueryBuilder toBuilder() {
        return builder().from(this);
    }

    /**
     * The tenant the run is for. Default: any or none.
     *
     * @return the tenant's id
     */
    public abstract Optional<String> tenant();

    /**
     * The user the run is for. Default: any or none.
     *
     * @return the user's id
     */
    public abstract Optional<String> user();

    /**
     * What the run is about. Default: anything.
     *
     * @return an id that the caller gave, or the SHA-256 of a picture or document that the run took or made
     */
    public abstract Optional<String> asset();

    /**
     * Labels that the run has, all of them. Default: none is asked for.
     *
     * @return values by name
     */
    public abstract Map<String, String> labels();

    /**
     * How the run stands: one of these. Default: none is named, which means any.
     *
     * @return the statuses
     */
    public abstract Set<RunStatus> statuses();

    /**
     * The pipeline. Default: any.
     *
     * @return its name
     */
    public abstract Optional<String> pipeline();

    /**
     * A prompt that the run rendered. Default: any.
     *
     * @return its name
     */
    public abstract Optional<String> promptName();

    /**
     * The version of that prompt, or of any prompt if none is named. Default: any.
     *
     * @return its version
     */
    public abstract Optional<String> promptVersion();

    /**
     * An experiment that a prompt of the run was part of. Default: any or none.
     *
     * @return the experiment's id, or {@code id/arm} for one arm of it
     */
    public abstract Optional<String> experiment();

    /**
     * A model that the run asked or that served it. Default: any or none.
     *
     * @return its id
     */
    public abstract Optional<String> model();

    /**
     * The beginning of a window. A run is as old as its id, to the millisecond. Default: none.
     *
     * @return the first moment in the window
     */
    public abstract Optional<Instant> since();

    /**
     * The end of a window. A run is as old as its id, to the millisecond. Default: none.
     *
     * @return the first moment after the window
     */
    public abstract Optional<Instant> until();

    /**
     * What the run cost at least, by what is known of it. Default: nothing.
     *
     * @return an amount; runs that are known to have cost something in another currency are not found
     */
    public abstract Optional<Money> costAtLeast();

    /**
     * What the run cost at most. Default: any.
     *
     * @return an amount; runs whose cost is not fully known or in another currency are not found
     */
    public abstract Optional<Money> costAtMost();

    /**
     * The kind of failure that ended the run, one of its stages or one of its calls. Default: any or none.
     *
     * @return such as {@code StageException} or {@code rate_limited}
     */
    public abstract Optional<String> errorType();

    /**
     * The stage that failed, and with it the run. Default: any or none.
     *
     * @return its path
     */
    public abstract Optional<String> failedStage();

    /**
     * How many runs a page has at most. Default: 50.
     *
     * @return 1 to 1,000
     */
    @Value.Default
    public int limit() {
        return DEFAULT_LIMIT;
    }

    /**
     * Where the last page ended. Default: empty, for the first page.
     *
     * @return {@link RunPage#next()} of a page of the same query, whatever its limit
     */
    public abstract Optional<String> cursor();

    @Value.Check
    void check() {
        if (limit() < 1 || limit() > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to 1,000, was " + limit());
        }
        if (since().isPresent() && until().isPresent() && since().get().isAfter(until().get())) {
            throw new IllegalArgumentException(
                    "since must not be after until, was " + since().get() + " and " + until().get());
        }
        if (cursor().isPresent()) {
            Matcher cursor = CURSOR.matcher(cursor().get());
            if (!cursor.matches()) {
                throw new IllegalArgumentException("cursor must be what a page gave, was \"" + cursor().get() + "\"");
            }
            if (!cursor.group(2).equals(fingerprint())) {
                throw new IllegalArgumentException(
                        "cursor was made by another query: ask for the next page with the filters of the last one");
            }
        }
    }

    /**
     * Returns whether a run is found by this query, whatever its limit and cursor. For stores.
     *
     * @param run a run
     * @return true if everything that is said here is true of it
     */
    public final boolean matches(RunSummary run) {
        return RunFilter.of(this).test(requireNonNull(run, "run"));
    }

    /** Whether the run's age is in the window. */
    final boolean isInWindow(RunId runId) {
        if (since().isEmpty() && until().isEmpty()) {
            return true;
        }
        Instant age = runId.createdAt();
        return !(since().isPresent() && age.isBefore(since().get()))
                && !(until().isPresent() && !age.isBefore(until().get()));
    }

    /** The id before which the page begins, or empty for the first page. */
    final Optional<RunId> before() {
        return cursor().map(cursor -> new RunId(cursor.substring(0, cursor.indexOf('-'))));
    }

    /** The cursor of a page that ends with a run. */
    final String cursorAfter(RunId last) {
        return last + "-" + fingerprint();
    }

    /** The same for the same filters, in every process. */
    private String fingerprint() {
        StringBuilder all = new StringBuilder();
        add(all, tenant());
        add(all, user());
        add(all, asset());
        new TreeMap<>(labels()).forEach((name, value) -> {
            add(all, Optional.of(name));
            add(all, Optional.of(value));
        });
        add(all, Optional.of(new TreeSet<>(statuses())));
        add(all, pipeline());
        add(all, promptName());
        add(all, promptVersion());
        add(all, experiment());
        add(all, model());
        add(all, since());
        add(all, until());
        add(all, costAtLeast());
        add(all, costAtMost());
        add(all, errorType());
        add(all, failedStage());
        CRC32C crc = new CRC32C();
        crc.update(all.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static void add(StringBuilder all, Optional<?> filter) {
        String text = filter.map(String::valueOf).orElse("");
        all.append(filter.isPresent() ? text.length() : -1).append(':').append(text);
    }
}
