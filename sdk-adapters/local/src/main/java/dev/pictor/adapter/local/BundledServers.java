package dev.pictor.adapter.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The profiles that come with this artifact. Read on first use. */
final class BundledServers {

    static final List<ServerProfile> ALL = read();

    private BundledServers() {}

    static ServerProfile named(String name) {
        return ALL.stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("server profile must be one of "
                        + ALL.stream().map(ServerProfile::name).toList() + ", was " + name));
    }

    /** A field that nobody knows is an error: it may be a typing error. */
    private static List<ServerProfile> read() {
        try (InputStream json = BundledServers.class.getResourceAsStream("servers.json")) {
            return List.copyOf(JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .build()
                    .readValue(json, new TypeReference<List<ServerProfile>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read servers.json, which is part of this artifact", e);
        }
    }
}
