package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prompts from files: parsed once, and again when a file they are made of has changed. Thread-safe. */
final class FileRegistry implements PromptRegistry {

    private static final int MAX_CACHED = 256;

    private final PromptFiles files;
    private final Object lock = new Object();
    private final Map<String, Loaded> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Loaded> eldest) {
            return size() > MAX_CACHED;
        }
    };

    FileRegistry(PromptFiles files) {
        this.files = files;
    }

    /** A prompt, and the stamps of all files that were looked for while it was read. */
    private record Loaded(Prompt prompt, Map<String, Object> stamps) {}

    @Override
    public Prompt resolve(String name, PromptSelection selection) {
        requireNonNull(name, "name");
        String variant = selection.variant().orElse("");
        if (!PromptNames.isName(name)) {
            throw new PromptException(
                    PromptException.Reason.UNSAFE,
                    name,
                    "a prompt's name must be up to 8 parts joined by '/', each " + PromptNames.SEGMENT_RULE);
        }
        String path = path(name, variant);
        Loaded loaded;
        synchronized (lock) {
            loaded = cache.get(path);
        }
        if (loaded == null || !isCurrent(loaded)) {
            loaded = load(name, variant, path);
            synchronized (lock) {
                cache.put(path, loaded);
            }
        }
        return loaded.prompt();
    }

    private boolean isCurrent(Loaded loaded) {
        return loaded.stamps().entrySet().stream()
                .allMatch(file -> files.stamp(file.getKey()).equals(file.getValue()));
    }

    private Loaded load(String name, String variant, String path) {
        Map<String, Object> stamps = new HashMap<>();
        Optional<String> file;
        try {
            file = read(path, stamps);
        } catch (PromptFailure e) {
            throw e.in(Prompt.title(name, variant), name, null);
        }
        String text = file.orElseThrow(() -> missing(name, variant, path));
        Prompt prompt = Prompt.parse(
                name,
                variant,
                files.origin(path),
                text,
                partial -> partial(partial, PromptNames.folder(name), stamps),
                new Picoschema(Map.of()));
        return new Loaded(prompt, stamps);
    }

    private Optional<String> partial(String partial, String folder, Map<String, Object> stamps) {
        if (!PromptNames.isSegment(partial)) {
            throw new PromptFailure(
                    PromptException.Reason.MALFORMED, "a partial's name must be " + PromptNames.SEGMENT_RULE);
        }
        String file = "_" + partial + ".prompt";
        Optional<String> near = read(folder + file, stamps);
        return near.isPresent() || folder.isEmpty() ? near : read(file, stamps);
    }

    private Optional<String> read(String path, Map<String, Object> stamps) {
        // before reading, so that a change in between is seen the next time
        stamps.put(path, files.stamp(path));
        return files.read(path);
    }

    private PromptException missing(String name, String variant, String path) {
        String message = "there is no " + Prompt.title(name, variant) + ": no file " + files.origin(path);
        List<String> variants = variant.isEmpty() ? List.of() : files.variants(name);
        if (!variants.isEmpty()) {
            message += "; it has the variants " + String.join(", ", variants);
        }
        return new PromptException(PromptException.Reason.MISSING, name, message);
    }

    private static String path(String name, String variant) {
        return name + (variant.isEmpty() ? "" : "." + variant) + ".prompt";
    }
}
