package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name and type of what a stage gives. Immutable. Two keys are equal when name and type are.
 *
 * @param <T> what the stage gives
 */
@SuppressWarnings("UnusedTypeParameter") // it types the stages that give and need the key
public final class StageKey<T> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final String name;
    private final Class<?> type;
    private final boolean isList;

    private StageKey(String name, Class<?> type, boolean isList) {
        requireNonNull(name, "name");
        this.type = requireNonNull(type, "type");
        this.isList = isList;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "stage name must be 1 to 64 of a-z, 0-9 and -, beginning with a letter, was \"" + name + "\"");
        }
        this.name = name;
    }

    /**
     * Returns the key of a stage that gives one value.
     *
     * @param name the stage's name: 1 to 64 of a-z, 0-9 and -, beginning with a letter
     * @param type what the stage gives; to be journaled it must have a JSON form, as records and pictures do
     * @param <T> what the stage gives
     * @return the key
     * @throws IllegalArgumentException if the name has another form
     */
    public static <T> StageKey<T> of(String name, Class<T> type) {
        return new StageKey<>(name, type, false);
    }

    /**
     * Returns the key of a stage that gives a list.
     *
     * @param name the stage's name: 1 to 64 of a-z, 0-9 and -, beginning with a letter
     * @param elementType what the list holds
     * @param <E> what the list holds
     * @return the key
     * @throws IllegalArgumentException if the name has another form
     */
    public static <E> StageKey<List<E>> listOf(String name, Class<E> elementType) {
        return new StageKey<>(name, elementType, true);
    }

    /**
     * Returns the stage's name.
     *
     * @return unique within a pipeline
     */
    public String name() {
        return name;
    }

    JavaType javaType(TypeFactory types) {
        return isList ? types.constructCollectionType(List.class, type) : types.constructType(type);
    }

    /** Returns why a value is not what this key promises, or null if it is. */
    @Nullable
    String mismatch(@Nullable Object value) {
        if (value == null) {
            return "gave null";
        }
        Class<?> wanted = isList ? List.class : type;
        return wanted.isInstance(value) ? null : "gave a " + value.getClass().getName() + ", not a " + wanted.getName();
    }

    String typeName() {
        return isList ? "List<" + type.getName() + ">" : type.getName();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StageKey<?> that
                && name.equals(that.name)
                && type.equals(that.type)
                && isList == that.isList;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
