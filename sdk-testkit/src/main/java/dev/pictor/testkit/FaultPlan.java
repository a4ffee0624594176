package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link FakeProvider} behaves: how long it takes, how often and when it fails, what it can bear. The same seed
 * gives the same fate to the same request number. Immutable; every method returns a new plan.
 *
 * <p>For each request, in this order: a window that is open decides, the one added last first; then the limit; then
 * chance.
 */
public final class FaultPlan {

    /** The most bytes a picture can be filled up to. */
    public static final int MAX_PICTURE_BYTES = 64 << 20;

    private static final FaultPlan NONE = new FaultPlan(0, Latency.none(), List.of(), List.of(), 0, 0);

    private final long seed;
    private final Latency latency;
    private final List<Share> shares;
    private final List<Window> windows;
    private final int requestsPerSecond;
    private final int pictureBytes;

    private FaultPlan(
            long seed,
            Latency latency,
            List<Share> shares,
            List<Window> windows,
            int requestsPerSecond,
            int pictureBytes) {
        this.seed = seed;
        this.latency = latency;
        this.shares = shares;
        this.windows = windows;
        this.requestsPerSecond = requestsPerSecond;
        this.pictureBytes = pictureBytes;
    }

    /**
     * Returns the plan of a provider that answers at once and never fails.
     *
     * @return the same each time
     */
    public static FaultPlan none() {
        return NONE;
    }

    /**
     * Sets where chance begins. Default: 0.
     *
     * @param seed any number
     * @return a new plan
     */
    public FaultPlan seed(long seed) {
        return new FaultPlan(seed, latency, shares, windows, requestsPerSecond, pictureBytes);
    }

    /**
     * Sets how long an answer takes. A status 429 comes at once all the same. Default: no time.
     *
     * @param latency the time from the end of a request to the start of its answer
     * @return a new plan
     */
    public FaultPlan latency(Latency latency) {
        requireNonNull(latency, "latency");
        return new FaultPlan(seed, latency, shares, windows, requestsPerSecond, pictureBytes);
    }

    /**
     * Adds a fault that strikes some requests. Default: none.
     *
     * @param fault what happens to them
     * @param share how many of all requests, 0 to 1; all shares of a plan come to at most 1
     * @return a new plan
     * @throws IllegalArgumentException if {@code share} or the sum of all is outside that range
     */
    public FaultPlan fault(Fault fault, double share) {
        List<Share> more = new ArrayList<>(shares);
        more.add(new Share(requireNonNull(fault, "fault"), share));
        double sum = more.stream().mapToDouble(Share::share).sum();
        if (!(share >= 0 && share <= 1) || sum > 1 + 1e-9) {
            throw new IllegalArgumentException(
                    "share must be 0 to 1 and all shares at most 1, was " + share + " and " + sum);
        }
        return new FaultPlan(seed, latency, List.copyOf(more), windows, requestsPerSecond, pictureBytes);
    }

    /**
     * Adds a time in which a fault strikes every request. Default: none.
     *
     * @param fault what happens to them; {@link Fault#none()} is a time without faults
     * @param from the start of that time, counted from the moment the plan was set
     * @param until its end, after {@code from}
     * @return a new plan
     * @throws IllegalArgumentException if {@code from} is negative or {@code until} not after it
     */
    public FaultPlan window(Fault fault, Duration from, Duration until) {
        if (from.isNegative() || until.compareTo(from) <= 0) {
            throw new IllegalArgumentException(
                    "a window must begin at 0 or later and end after that, was " + from + " to " + until);
        }
        List<Window> more = new ArrayList<>(windows);
        more.add(0, new Window(requireNonNull(fault, "fault"), from, until));
        return new FaultPlan(seed, latency, shares, List.copyOf(more), requestsPerSecond, pictureBytes);
    }

    /**
     * Sets how many requests the provider takes in each second, counted from the moment the plan was set. Those beyond
     * are refused as {@link Fault#rateLimited} does, until the next second begins. Default: 0.
     *
     * @param requestsPerSecond at least 0; 0 is no limit
     * @return a new plan
     * @throws IllegalArgumentException if {@code requestsPerSecond} is negative
     */
    public FaultPlan requestsPerSecond(int requestsPerSecond) {
        if (requestsPerSecond < 0) {
            throw new IllegalArgumentException("requestsPerSecond must not be negative, was " + requestsPerSecond);
        }
        return new FaultPlan(seed, latency, shares, windows, requestsPerSecond, pictureBytes);
    }

    /**
     * Sets what every picture is filled up to, with bytes that do not show and do not compress. Default: 0.
     *
     * @param pictureBytes the least size of a PNG file, 0 to {@value #MAX_PICTURE_BYTES} bytes
     * @return a new plan
     * @throws IllegalArgumentException if {@code pictureBytes} is outside that range
     */
    public FaultPlan pictureBytes(int pictureBytes) {
        if (pictureBytes < 0 || pictureBytes > MAX_PICTURE_BYTES) {
            throw new IllegalArgumentException(
                    "pictureBytes must be 0 to " + MAX_PICTURE_BYTES + ", was " + pictureBytes);
        }
        return new FaultPlan(seed, latency, shares, windows, requestsPerSecond, pictureBytes);
    }

    int requestsPerSecond() {
        return requestsPerSecond;
    }

    int pictureBytes() {
        return pictureBytes;
    }

    /** The fault of the window that is open, or null. */
    @Nullable
    Fault windowAt(Duration sinceStart) {
        for (Window window : windows) {
            if (sinceStart.compareTo(window.from) >= 0 && sinceStart.compareTo(window.until) < 0) {
                return window.fault;
            }
        }
        return null;
    }

    /** What chance has for a request. */
    Fault draw(RandomGenerator random) {
        double left = random.nextDouble();
        for (Share share : shares) {
            left -= share.share;
            if (left < 0) {
                return share.fault;
            }
        }
        return Fault.none();
    }

    /** How long a request takes. */
    Duration latencyOf(Fault fault, Duration sinceStart, RandomGenerator random) {
        Duration drawn = latency.next(sinceStart, random);
        return fault.afterOr(drawn);
    }

    /** Chance for one request: of its own, so that it does not matter what comes at the same time. */
    RandomGenerator randomOf(long request) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + request);
    }

    private record Share(Fault fault, double share) {}

    private record Window(Fault fault, Duration from, Duration until) {}
}
