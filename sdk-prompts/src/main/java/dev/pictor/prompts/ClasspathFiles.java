package dev.pictor.prompts;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Prompt files among the resources beside a class. They never change. Immutable. */
final class ClasspathFiles implements PromptFiles {

    private final Class<?> anchor;
    private final String root;

    ClasspathFiles(Class<?> anchor, String root) {
        this.anchor = anchor;
        this.root = root;
    }

    @Override
    public Optional<InputStream> open(String path) {
        return Optional.ofNullable(anchor.getResourceAsStream("/" + root + path));
    }

    @Override
    public Object stamp(String path) {
        return "fixed";
    }

    @Override
    public String origin(String path) {
        return "classpath:" + root + path;
    }

    /** Returns nothing: resources cannot be listed. */
    @Override
    public List<String> variants(String name) {
        return List.of();
    }
}
