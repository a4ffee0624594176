package dev.pictor.pipeline;

import static dev.pictor.trace.StoredRunException.Reason.ARTIFACT_MISSING;
import static dev.pictor.trace.StoredRunException.Reason.WITHHELD;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Sha256;
import dev.pictor.trace.ArtifactRef;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.Redaction;
import dev.pictor.trace.StoredRunException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns stage inputs and outputs into JSON and back. Pictures become artifact references; their bytes go to the
 * artifact store. Thread-safe.
 */
final class ValueCodec {

    private final ObjectMapper mapper;
    private final Redaction redaction;

    ValueCodec(ArtifactStore artifacts, Redaction redaction) {
        this.redaction = redaction;
        this.mapper = JsonMapper.builder()
                .addModules(new Jdk8Module(), new JavaTimeModule(), pictures(artifacts))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withConfigOverride(
                        BigDecimal.class, // as text: a reader of untyped JSON would make it a double
                        on -> on.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
                .build();
    }

    /** Returns the value as JSON, or why it has no such form or must not be kept: it is kept as it is or not at all. */
    JournaledValue encode(Object value) {
        try {
            @Nullable Object json = mapper.convertValue(value, Object.class);
            return json == null ? withheld(value, "") : kept(json);
        } catch (IllegalArgumentException e) { // how Jackson reports it; its message may quote the value
            return withheld(value, causedBy(e, NoStore.class) ? ": a picture needs an artifact store" : "");
        }
    }

    /** Returns the value of a stage with what was less than it could be, in words that may be kept. */
    JournaledValue encode(Object value, List<String> degradations) {
        return encode(value)
                .withDegradations(degradations.stream().map(redaction::clean).toList());
    }

    private JournaledValue kept(Object json) {
        return redaction
                .find(json)
                .map(found -> JournaledValue.withheld((found.path().isEmpty() ? "it" : "what stands at " + found.path())
                        + " must not be recorded, by the rule \"" + found.rule() + "\""))
                .orElseGet(() -> JournaledValue.of(json));
    }

    private static JournaledValue withheld(Object value, String why) {
        return JournaledValue.withheld("a " + value.getClass().getName() + " has no JSON form" + why);
    }

    /** Returns the hash of a value's JSON with its names in order, or empty if it was withheld. */
    Optional<Sha256> hash(JournaledValue value) {
        return value.json().map(json -> {
            try {
                return Sha256.of(mapper.writer()
                        .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsBytes(json));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException("a value that was JSON is none", e);
            }
        });
    }

    /** Returns the value of a stage. */
    Object decode(JournaledValue value, StageKey<?> key, String what) {
        return decode(value, mapper -> key.javaType(mapper.getTypeFactory()), what);
    }

    /** Returns the input of a run. */
    <I> I decode(JournaledValue value, Class<I> type, String what) {
        return type.cast(decode(value, mapper -> mapper.constructType(type), what));
    }

    private Object decode(JournaledValue value, Function<ObjectMapper, JavaType> type, String what) {
        Object json = value.json()
                .orElseThrow(() -> new StoredRunException(
                        WITHHELD,
                        what + " was withheld: " + value.withheldBecause().orElse("no reason is known"),
                        null));
        try {
            return mapper.convertValue(json, type.apply(mapper));
        } catch (IllegalArgumentException e) {
            if (causedBy(e, MissingArtifact.class)) {
                throw new StoredRunException(ARTIFACT_MISSING, what + " names a picture that is not stored", e);
            }
            throw new StoredRunException(WITHHELD, what + " cannot be read as what the pipeline wants", e);
        }
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static SimpleModule pictures(ArtifactStore artifacts) {
        return new SimpleModule("pictor-pictures")
                .addSerializer(new PictureWriter(artifacts))
                .addDeserializer(ImageBytes.class, new PictureReader(artifacts));
    }

    private static final class PictureWriter extends StdSerializer<ImageBytes> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ArtifactStore artifacts;

        PictureWriter(ArtifactStore artifacts) {
            super(ImageBytes.class);
            this.artifacts = artifacts;
        }

        @Override
        public void serialize(ImageBytes image, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (artifacts.equals(ArtifactStore.none())) {
                throw new NoStore();
            }
            provider.defaultSerializeValue(artifacts.put(image), out);
        }
    }

    private static final class PictureReader extends StdDeserializer<ImageBytes> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ArtifactStore artifacts;

        PictureReader(ArtifactStore artifacts) {
            super(ImageBytes.class);
            this.artifacts = artifacts;
        }

        @Override
        public ImageBytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
            ArtifactRef ref = context.readValue(in, ArtifactRef.class);
            ByteBuffer bytes = artifacts.get(ref.sha256()).orElseThrow(MissingArtifact::new);
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            ImageBytes image = ImageBytes.wrap(array);
            if (!image.sha256().equals(ref.sha256())) {
                throw new MissingArtifact();
            }
            return image;
        }
    }

    private static final class NoStore extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    private static final class MissingArtifact extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;
    }
}
