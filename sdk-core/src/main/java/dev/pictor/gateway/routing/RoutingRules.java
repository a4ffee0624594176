package dev.pictor.gateway.routing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which model is asked for what, as named rules in a file. They are gone through from the top; the first whose conditions
 * all hold decides in which order the models are asked. The last has no conditions, so that each call is decided by a rule,
 * whose name is in the trace. {@code docs/routing.md} tells the form of the file. Immutable.
 *
 * <p>Rules order and never leave out: who cannot serve, is over the budget or is to be left alone is left out as by every
 * router, and a model that is down is behind all others.
 */
public final class RoutingRules {

    /** The largest file that is read: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    /** How many rules a file may have: 200. */
    public static final int MAX_RULES = 200;

    private static final String BUNDLED = "tiers.json";

    private final String name;
    private final String version;
    private final List<RoutingRule> rules;

    RoutingRules(String name, String version, List<RoutingRule> rules) {
        this.name = name;
        this.version = version;
        this.rules = List.copyOf(rules);
    }

    /**
     * Returns the rules that come with this artifact, for the tiers {@code free}, {@code pro} and {@code enterprise}:
     * cheap models for simple wishes, good ones for complex ones, specialists from the middle on, and always the best for
     * {@code enterprise}. They ask the cheapest of all once nine tenths of a budget are used. Any other tier, and none, is
     * treated as {@code pro}.
     *
     * @return the rules
     */
    public static RoutingRules bundled() {
        return Holder.TIERS;
    }

    /**
     * Reads rules.
     *
     * @param file JSON in UTF-8, at most 1 MiB
     * @return the rules
     * @throws IllegalArgumentException if anything in it is wrong: the message names each rule, field, value and limit
     * @throws UncheckedIOException if it cannot be read
     */
    public static RoutingRules read(Path file) {
        try (InputStream json = Files.newInputStream(file)) {
            return read(file.toString(), json);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the routing rules " + file, e);
        }
    }

    /**
     * Reads rules.
     *
     * @param source what to call it in messages
     * @param json UTF-8, at most 1 MiB, read to its end and left open
     * @return the rules
     * @throws IllegalArgumentException if anything in it is wrong: the message names each rule, field, value and limit
     * @throws IOException if it cannot be read
     */
    public static RoutingRules read(String source, InputStream json) throws IOException {
        return RuleReader.read(requireNonNull(source, "source"), json.readNBytes(MAX_BYTES + 1));
    }

    /**
     * Returns what they are called.
     *
     * @return a word, which is the policy in traces together with the name of a rule
     */
    public String name() {
        return name;
    }

    /**
     * Returns which of their versions they are.
     *
     * @return the version by whoever wrote the file
     */
    public String version() {
        return version;
    }

    /**
     * Returns what the rules are called.
     *
     * @return their names, in order
     */
    public List<String> ruleNames() {
        return rules.stream().map(RoutingRule::name).toList();
    }

    /**
     * Returns which rule decides.
     *
     * @param request a call
     * @return the rule's name
     */
    public String deciding(RoutingRequest request) {
        return ruleFor(request).name();
    }

    /**
     * Returns a router that goes by them.
     *
     * @return a thread-safe router
     */
    public Router router() {
        return new RulesRouter(this);
    }

    RoutingRule ruleFor(RoutingRequest request) {
        for (RoutingRule rule : rules) {
            if (rule.decides(request)) {
                return rule;
            }
        }
        throw new IllegalStateException("the last rule has a condition");
    }

    @Override
    public String toString() {
        return "RoutingRules[" + name + "/" + version + ", " + rules.size() + " rules]";
    }

    private static final class Holder {
        private static final RoutingRules TIERS = load();

        private static RoutingRules load() {
            try (InputStream json = RoutingRules.class.getResourceAsStream(BUNDLED)) {
                if (json == null) {
                    throw new IllegalStateException("the routing rules " + BUNDLED + " are missing from this artifact");
                }
                return read(BUNDLED, json);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + BUNDLED + ", which is part of this artifact", e);
            }
        }
    }
}
