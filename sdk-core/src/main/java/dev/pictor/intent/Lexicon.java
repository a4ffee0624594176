package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The data of the keyword tier: groups of words with the domain and style they speak for, and the weights, the calibration
 * and the weights of complexity that were learned. One JSON file; {@code docs/intent.md} tells its form. A word that is
 * added to a group needs no training. Immutable.
 */
public final class Lexicon {

    /** The most that a lexicon may have: 16 MiB. */
    public static final int MAX_BYTES = 16 << 20;

    private static final String BUNDLED = "lexicon.json";

    private static final class Holder {
        private static final Lexicon BUNDLED_ONE = readBundled();
    }

    private final LexiconParts parts;

    Lexicon(LexiconParts parts) {
        this.parts = parts;
    }

    /**
     * Returns the lexicon that comes with this artifact. It is read once.
     *
     * @return the lexicon
     */
    public static Lexicon bundled() {
        return Holder.BUNDLED_ONE;
    }

    /**
     * Reads a lexicon.
     *
     * @param file UTF-8 JSON of at most {@value #MAX_BYTES} bytes
     * @return the lexicon
     * @throws IllegalArgumentException if anything in it is wrong: the message names the field
     * @throws UncheckedIOException if it cannot be read
     */
    public static Lexicon read(Path file) {
        try (InputStream in = Files.newInputStream(requireNonNull(file, "file"))) {
            return parse(file.toString(), in.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the lexicon " + file + ": " + e, e);
        }
    }

    /**
     * Reads a lexicon.
     *
     * @param name what to call it in messages
     * @param json its text, at most {@value #MAX_BYTES} bytes in UTF-8
     * @return the lexicon
     * @throws IllegalArgumentException if anything in it is wrong: the message names the field
     */
    public static Lexicon parse(String name, String json) {
        return parse(name, json.getBytes(StandardCharsets.UTF_8));
    }

    private static Lexicon parse(String name, byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException("the lexicon " + name + " must have at most " + MAX_BYTES + " bytes");
        }
        return new Lexicon(new LexiconReader(requireNonNull(name, "name")).read(new ByteArrayInputStream(json)));
    }

    private static Lexicon readBundled() {
        try (InputStream in = Lexicon.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(BUNDLED + " is missing from this artifact");
            }
            return parse(BUNDLED, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + BUNDLED + ", which is part of this artifact", e);
        }
    }

    /**
     * Writes it, in an order and a form that compare well from version to version. It is written beside the file, forced to the
     * disk and then moved, so that nobody ever reads half of it.
     *
     * @param file where to; what is there is replaced
     * @throws UncheckedIOException if it cannot be written; what is there stays as it is
     */
    public void write(Path file) {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(toJson().getBytes(StandardCharsets.UTF_8));
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the lexicon " + file + ": " + e, e);
        }
    }

    /**
     * Returns its text, as {@link #write} writes it.
     *
     * @return JSON
     */
    public String toJson() {
        return LexiconWriter.write(parts);
    }

    /**
     * Returns its version.
     *
     * @return such as {@code 2026.11.1}
     */
    public String version() {
        return parts.version();
    }

    /**
     * Returns when it was last trained.
     *
     * @return the day
     */
    public LocalDate date() {
        return parts.date();
    }

    /**
     * Returns the words of each group.
     *
     * @return by the name of the group, in the order of the file
     */
    public Map<String, List<String>> phrases() {
        Map<String, List<String>> phrases = new LinkedHashMap<>();
        parts.groups().forEach(group -> phrases.put(group.name(), group.phrases()));
        return phrases;
    }

    /**
     * Returns the domain that a group speaks for.
     *
     * @param group its name
     * @return the domain, or empty if it speaks for none or there is no such group
     */
    public Optional<Domain> domainOf(String group) {
        return parts.groups().stream()
                .filter(one -> one.name().equals(group))
                .findFirst()
                .flatMap(WordGroup::domain);
    }

    /**
     * Returns a copy in which a group has more words.
     *
     * @param group the name of a group that is there
     * @param phrases 1 to 5 words each, any case
     * @return the copy, with the version and the weights of this one
     * @throws IllegalArgumentException if there is no such group
     */
    public Lexicon withPhrases(String group, List<String> phrases) {
        List<WordGroup> groups = new ArrayList<>();
        boolean found = false;
        for (WordGroup one : parts.groups()) {
            if (one.name().equals(group)) {
                found = true;
                List<String> all = new ArrayList<>(one.phrases());
                phrases.stream()
                        .map(phrase -> LexiconReader.checkPhrase(phrase, "a phrase"))
                        .filter(phrase -> !all.contains(phrase))
                        .forEach(all::add);
                groups.add(new WordGroup(
                        one.name(), one.role(), one.domain(), one.style(), one.strength(), List.copyOf(all)));
            } else {
                groups.add(one);
            }
        }
        if (!found) {
            throw new IllegalArgumentException("the lexicon has no group " + group);
        }
        return new Lexicon(parts.withGroups(groups));
    }

    /**
     * Returns a copy with another calibration, such as one fitted to feedback.
     *
     * @param calibration what turns the probability of the domain into a confidence
     * @return the copy
     */
    public Lexicon withCalibration(Calibration calibration) {
        return new Lexicon(parts.withCalibration(requireNonNull(calibration, "calibration")));
    }

    /**
     * Returns what turns the probability of the domain into a confidence.
     *
     * @return the calibration
     */
    public Calibration calibration() {
        return parts.calibration();
    }

    /**
     * Returns a copy with another calibration of models, such as one fitted to feedback.
     *
     * @param calibration what turns how sure a model says it is into a confidence
     * @return the copy
     */
    public Lexicon withModelCalibration(Calibration calibration) {
        return new Lexicon(parts.withModelCalibration(requireNonNull(calibration, "calibration")));
    }

    /**
     * Returns what turns how sure a model says it is into a confidence.
     *
     * @return the calibration; {@link Calibration#none()} if the file has none
     */
    public Calibration modelCalibration() {
        return parts.modelCalibration();
    }

    LexiconParts parts() {
        return parts;
    }

    @Override
    public String toString() {
        return "Lexicon " + version() + " of " + date();
    }
}
