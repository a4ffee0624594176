package dev.pictor.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.Rendition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which presets to render: those of Pictor and those of a file, all or some of them by name. */
final class PresetChoice {

    /** A slip in a file is told, not ignored. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    @Option(names = "--preset", paramLabel = "NAME", description = "A preset. May be repeated. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--preset-file",
            paramLabel = "FILE",
            description = "A JSON list of further presets; one of the same name replaces Pictor's.")
    private @Nullable Path file;

    List<ImagePreset> presets() {
        Map<String, ImagePreset> known = new LinkedHashMap<>();
        ImagePreset.all().forEach(preset -> known.put(preset.name(), preset));
        if (file != null) {
            read(file).forEach(preset -> known.put(preset.name(), preset));
        }
        if (names.isEmpty()) {
            return List.copyOf(known.values());
        }
        List<ImagePreset> chosen = new ArrayList<>();
        for (String name : names) {
            ImagePreset preset = known.get(name);
            if (preset == null) {
                throw new IllegalArgumentException("there is no preset " + name + "; there are " + known.keySet());
            }
            chosen.add(preset);
        }
        return chosen;
    }

    private static List<ImagePreset> read(Path file) {
        try {
            List<ImagePreset> presets = JSON.readValue(Files.readString(file), new TypeReference<>() {});
            for (ImagePreset preset : presets) {
                if (!preset.name().matches("[A-Za-z0-9_-]{1,50}")) { // it becomes part of a file name
                    throw new IllegalArgumentException(
                            "a preset's name must have 1 to 50 letters, digits, - and _, was \"" + preset.name()
                                    + "\"");
                }
            }
            return presets;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no list of presets: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read presets " + file, e);
        }
    }

    /** Writes a rendition into a folder and returns the file. */
    @CanIgnoreReturnValue
    static Path write(Rendition rendition, Path folder, String stem) {
        Path file = folder.resolve(stem + "-" + rendition.preset().name() + "."
                + rendition.image().format().extension());
        rendition.image().writeTo(file);
        return file;
    }
}
