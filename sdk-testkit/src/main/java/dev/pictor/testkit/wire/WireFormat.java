package dev.pictor.testkit.wire;

import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a vendor writes its answers: makes answers for a {@code FaultServer} in that vendor's own words. What it makes is
 * as the vendor's documents and clients show it, not as it is convenient to read. Implementations are immutable.
 */
public interface WireFormat {

    /** A sentence that is in every error, as if it quoted the request: it belongs into no message and no log. */
    String VENDOR_WORDS = "Your request about a brass lamp was not served.";

    /**
     * Returns an answer to a plain request that went well.
     *
     * @return a complete answer with {@link #usage()}
     */
    FaultAnswer success();

    /**
     * Returns what the vendor counted in {@link #success()}.
     *
     * @return counts as an adapter reports them; where one is zero an adapter may report nothing
     */
    Usage usage();

    /**
     * Returns an answer that went well and in which the vendor counted nothing.
     *
     * @return {@link #success()} without its counts
     */
    FaultAnswer successWithoutUsage();

    /**
     * Returns an answer that went well, of a newer version of the vendor's API: with fields and, where the format has
     * them, names of reasons that nobody knows yet.
     *
     * @return {@link #success()} and more
     */
    FaultAnswer newerSuccess();

    /**
     * Returns answers with status 200 in which there is nothing of what was asked for, and no reason why.
     *
     * @return answers by what they look like, at least one
     */
    Map<String, FaultAnswer> empty();

    /**
     * Returns answers with status 200 that cannot be read, for the contract's sake.
     *
     * @return answers by what they look like, at least one
     */
    Map<String, FaultAnswer> broken();

    /**
     * Returns answers with status 200 that hold an error in the place of what was asked for.
     *
     * @return answers by what they look like, with {@link #VENDOR_WORDS}; none if the vendor and those who speak like it
     *     do no such thing
     */
    Map<String, FaultAnswer> errorsInSuccess();

    /**
     * Returns each way in which the model declines to serve.
     *
     * @return none for a model that does not
     */
    List<WireRefusal> refusals();

    /**
     * Returns an error in the vendor's body, as it would come with that status.
     *
     * @param status 400 to 599
     * @return an answer with {@link #VENDOR_WORDS}, without a wait
     */
    FaultAnswer error(int status);

    /**
     * Returns the error of an account that has used up what it may use.
     *
     * @return as a rule status 429 or 402
     */
    FaultAnswer quotaExhausted();

    /**
     * Returns the error of a key that is not one. It repeats the key, as some vendors and proxies do.
     *
     * @param key as it was sent
     * @return as a rule status 400, 401 or 403
     */
    FaultAnswer wrongKey(String key);

    /**
     * Returns a refusal at this rate in each form in which a wait is asked for: by the vendor itself, or by what stands
     * before it.
     *
     * @param wait a whole number of seconds
     * @return answers with status 429 by form; default: {@code Retry-After} in seconds, as a date, and milliseconds
     */
    default Map<String, FaultAnswer> rateLimited(Duration wait) {
        ZonedDateTime now = ZonedDateTime.of(2026, 11, 20, 10, 0, 0, 0, ZoneOffset.UTC);
        DateTimeFormatter date = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US);
        Map<String, FaultAnswer> forms = new LinkedHashMap<>();
        forms.put("Retry-After in seconds", error(429).header("Retry-After", "" + wait.toSeconds()));
        forms.put(
                "Retry-After as a date",
                error(429).header("Date", date.format(now)).header("Retry-After", date.format(now.plus(wait))));
        forms.put("retry-after-ms", error(429).header("retry-after-ms", "" + wait.toMillis()));
        return forms;
    }
}
