package dev.pictor.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads prompt files from several places, the first that has a file gives it. What was read is kept until one of the files
 * it is made of, or was looked for in vain, has changed: nothing is served that is not there any more. Thread-safe.
 */
final class PromptFiles {

    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_KEPT = 512;

    private final List<PromptSource> sources;
    private final Object lock = new Object();
    private final Map<Object, Kept<?>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Kept<?>> eldest) {
            return size() > MAX_KEPT;
        }
    };

    PromptFiles(List<PromptSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** A prompt and the place it is from. */
    record Found(Prompt prompt, int source) {}

    /** What was read, and the files that were looked for while it was. */
    private record Kept<T>(Optional<T> value, List<Seen> seen) {}

    private record Seen(PromptSource source, String path, Object revision) {}

    private record Asked(String name, List<String> variants) {}

    private record Overridden(PromptOverride override, String base) {}

    /** Looks for files in one reading, and remembers which. */
    private final class Reading {

        private final List<Seen> seen = new ArrayList<>();

        Optional<String> read(int source, String path) {
            PromptSource place = sources.get(source);
            // before reading, so that a change in between is seen the next time
            seen.add(new Seen(place, path, place.revision(path)));
            return PromptFiles.read(place, path);
        }

        Optional<String> partial(int source, String folder, String partial) {
            if (!PromptNames.isSegment(partial)) {
                throw new PromptFailure(
                        PromptException.Reason.MALFORMED, "a partial's name must be " + PromptNames.SEGMENT_RULE);
            }
            String file = "_" + partial + PromptNames.EXTENSION;
            Optional<String> near = read(source, folder + file);
            return near.isPresent() || folder.isEmpty() ? near : read(source, file);
        }
    }

    /**
     * Finds a prompt. The first place that has one of the variants gives it, so that a directory of the user's goes before
     * what comes with Pictor even where that has a more special file.
     *
     * @param variants what would do, the best first; nothing stands for the file without a variant
     * @throws PromptException if there is one and it is wrong
     */
    Optional<Found> find(String name, List<String> variants) {
        return keep(new Asked(name, variants), reading -> {
            for (int source = 0; source < sources.size(); source++) {
                for (String variant : variants) {
                    Optional<Found> found = find(name, variant, source, reading);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        });
    }

    private Optional<Found> find(String name, String variant, int source, Reading reading) {
        String path = PromptNames.path(name, variant);
        Optional<String> text;
        try {
            text = reading.read(source, path);
        } catch (PromptFailure e) {
            throw e.in(Prompt.title(name, variant), name, null);
        }
        return text.map(file -> new Found(
                Prompt.parse(
                        name,
                        variant,
                        sources.get(source).origin(path),
                        file,
                        partial -> reading.partial(source, PromptNames.folder(name), partial),
                        new Picoschema(Map.of())),
                source));
    }

    /**
     * Reads a tenant's own text for a prompt.
     *
     * @throws PromptException if it is wrong, or does not keep the prompt's input and output
     */
    Prompt override(Found base, PromptOverride override) {
        Prompt prompt = base.prompt();
        Optional<Prompt> read = keep(
                new Overridden(override, prompt.sha256()),
                reading -> Optional.of(prompt.overriddenBy(
                        override,
                        partial -> reading.partial(base.source(), PromptNames.folder(prompt.name()), partial))));
        return read.orElseThrow();
    }

    /**
     * Reads a file that is no prompt.
     *
     * @param reader makes something of its text; it throws a PromptFailure if it cannot
     * @return what it made, or empty if no place has the file
     * @throws PromptException if it is wrong
     */
    <T> Optional<T> settings(String path, Function<String, T> reader) {
        return keep(path, reading -> {
            for (int source = 0; source < sources.size(); source++) {
                int from = source;
                try {
                    Optional<String> text = reading.read(from, path);
                    if (text.isPresent()) {
                        return Optional.of(reader.apply(text.get()));
                    }
                } catch (PromptFailure e) {
                    throw e.in(sources.get(from).origin(path), path, null);
                }
            }
            return Optional.empty();
        });
    }

    /**
     * The variants of a prompt.
     *
     * @param names sorted; nothing stands for the file without a variant
     * @param unlisted why places could not be listed, if any could not
     */
    record Variants(NavigableSet<String> names, List<IOException> unlisted) {

        /** Returns the failure to find something among them, which is certain only if all places could be listed. */
        PromptException missing(String prompt, String message) {
            if (unlisted.isEmpty()) {
                return new PromptException(PromptException.Reason.MISSING, prompt, message);
            }
            return new PromptException(
                    PromptException.Reason.UNREADABLE,
                    prompt,
                    null,
                    message + "; not all places could be listed",
                    unlisted.get(0));
        }
    }

    /** Lists the variants of a prompt. */
    Variants variants(String name) {
        NavigableSet<String> names = new TreeSet<>();
        List<IOException> unlisted = new ArrayList<>();
        for (PromptSource source : sources) {
            try {
                for (String path : source.paths()) {
                    PromptNames.variant(name, path).ifPresent(names::add);
                }
            } catch (IOException e) {
                unlisted.add(e);
            }
        }
        return new Variants(names, unlisted);
    }

    /** Names the places where a file was looked for. */
    String places(String path) {
        return String.join(
                "; ",
                sources.stream().map(source -> "no file " + source.origin(path)).toList());
    }

    private <T> Optional<T> keep(Object key, Function<Reading, Optional<T>> read) {
        Kept<T> known = known(key);
        if (known == null || !isCurrent(known)) {
            Reading reading = new Reading();
            known = new Kept<>(read.apply(reading), reading.seen);
            synchronized (lock) {
                kept.put(key, known);
            }
        }
        return known.value();
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what is kept under a key is what was read for it
    private <T> Kept<T> known(Object key) {
        synchronized (lock) {
            return (Kept<T>) kept.get(key);
        }
    }

    private static boolean isCurrent(Kept<?> known) {
        for (Seen file : known.seen()) {
            if (!file.source().revision(file.path()).equals(file.revision())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a file.
     *
     * @return its text, or empty if there is none
     * @throws PromptFailure if it cannot be read, is no UTF-8 or larger than 256 KiB
     */
    static Optional<String> read(PromptSource source, String path) {
        byte[] bytes;
        try {
            Optional<InputStream> opened = source.open(path);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = opened.get()) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                throw new PromptFailure(
                        PromptException.Reason.TOO_LARGE,
                        source.origin(path) + " is larger than " + MAX_BYTES + " bytes");
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new PromptFailure(PromptException.Reason.MALFORMED, source.origin(path) + " is not UTF-8", e);
        } catch (IOException e) {
            throw new PromptFailure(PromptException.Reason.UNREADABLE, source.origin(path) + " cannot be read", e);
        }
    }
}
