package dev.pictor.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Prompt files among the resources beside a class. They never change. Immutable. */
final class ClasspathSource implements PromptSource {

    private final Class<?> anchor;
    private final String root;

    ClasspathSource(Class<?> anchor, String root) {
        this.anchor = anchor;
        this.root = root;
    }

    @Override
    public Optional<InputStream> open(String path) {
        return Optional.ofNullable(anchor.getResourceAsStream("/" + root + path));
    }

    @Override
    public Object revision(String path) {
        return "fixed";
    }

    @Override
    public String origin(String path) {
        return "classpath:" + root + path;
    }

    @Override
    public List<String> paths() throws IOException {
        URL folder = anchor.getResource("/" + root);
        if (folder == null) {
            return List.of();
        }
        return switch (folder.getProtocol()) {
            case "file" -> PromptPaths.under(Path.of(uri(folder)));
            case "jar" -> inJar((JarURLConnection) folder.openConnection());
            default -> throw new IOException("resources at " + folder.getProtocol() + ": cannot be listed");
        };
    }

    private List<String> inJar(JarURLConnection connection) throws IOException {
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            return PromptPaths.sorted(jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(root))
                    .map(name -> name.substring(root.length())));
        }
    }

    private static URI uri(URL url) throws IOException {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IOException("the place of the resources is no URI", e);
        }
    }
}
