package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What kind of product a listing is about, by the words of its title and description. The words of each category, and those
 * that tell something else from it (a shoe rack is no shoe), are a file. In English. Immutable.
 *
 * <p>The title goes first: of the thing that it names first, the last known word counts, so a table lamp is a lamp. Of a set
 * that is what its first part is. The description is asked where the title names nothing known, and the make last.
 */
public final class ProductCategories {

    /** The largest file that is read: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    /** How much of a title or description is read, in characters: 2,000. */
    public static final int MAX_CHARS = 2_000;

    private static final String BUNDLED = "product-categories.json";
    private static final String OTHER = "other";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Set<String> names;
    private final ProductWords things;
    private final ProductWords makes;

    private ProductCategories(Set<String> names, ProductWords things, ProductWords makes) {
        this.names = Set.copyOf(names);
        this.things = things;
        this.makes = makes;
    }

    /**
     * Returns the categories that come with this artifact: APPAREL, FOOTWEAR, BAGS, FURNITURE and JEWELRY, watches with it.
     *
     * @return the categories
     */
    public static ProductCategories bundled() {
        return Holder.BUNDLED_ONES;
    }

    /**
     * Reads categories.
     *
     * @param file JSON of the bundled file's form, at most 1 MiB
     * @return the categories
     * @throws IllegalArgumentException if anything in it is wrong: the message names category, field and value
     * @throws UncheckedIOException if it cannot be read
     */
    public static ProductCategories read(Path file) {
        try (InputStream json = Files.newInputStream(file)) {
            return read(file.toString(), json.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the product categories " + file, e);
        }
    }

    private static ProductCategories read(String source, byte[] json) {
        if (json.length > MAX_BYTES) {
            throw wrong(source, "must have at most " + MAX_BYTES + " bytes");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw wrong(source, "are no JSON, at line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw wrong(source, "are no JSON");
        }
        JsonNode categories = root.path("categories");
        if (!categories.isObject() || categories.isEmpty()) {
            throw wrong(source, "have no categories");
        }
        Set<String> names = new TreeSet<>();
        ProductWords things = new ProductWords();
        ProductWords makes = new ProductWords();
        for (Map.Entry<String, JsonNode> category : categories.properties()) {
            names.add(category.getKey());
            add(source, things, category.getKey(), category.getValue(), "words", true);
            add(source, makes, category.getKey(), category.getValue(), "makes", false);
        }
        add(source, things, "", root, OTHER, true);
        return new ProductCategories(names, things, makes);
    }

    private static void add(
            String source, ProductWords to, String category, JsonNode object, String field, boolean required) {
        JsonNode list = object.path(field);
        String where = category.isEmpty() ? field : category + "." + field;
        if (list.isMissingNode() && !required) {
            return;
        }
        if (!list.isArray() || list.isEmpty()) {
            throw wrong(source, "must have a list in " + where + ", was " + list);
        }
        for (JsonNode phrase : list) {
            if (!phrase.isTextual() || ProductWords.words(phrase.asText()).isEmpty()) {
                throw wrong(source, "must have words alone in " + where + ", had " + phrase);
            }
            if (!to.add(phrase.asText(), category)) {
                throw wrong(source, "have \"" + phrase.asText() + "\" twice, the second time in " + where);
            }
        }
    }

    private static IllegalArgumentException wrong(String source, String problem) {
        return new IllegalArgumentException("the product categories " + source + " " + problem);
    }

    /**
     * Returns which categories there are.
     *
     * @return their names
     */
    public Set<String> names() {
        return names;
    }

    /**
     * Finds the category of a listing that is known by its title alone.
     *
     * @param title in English; its first 2,000 characters are read
     * @return one of {@link #names()}, or empty if it is none of them or that cannot be told
     */
    public Optional<String> find(String title) {
        return find(title, "");
    }

    /**
     * Finds the category of a listing.
     *
     * @param title in English; its first 2,000 characters are read
     * @param description empty if there is none; its first 2,000 characters are read
     * @return one of {@link #names()}, or empty if it is none of them or that cannot be told
     */
    public Optional<String> find(String title, String description) {
        String name = cut(requireNonNull(title, "title"));
        return things.ofListed(name)
                .or(() -> things.ofDescribed(cut(requireNonNull(description, "description"))))
                .or(() -> makes.ofListed(name))
                .filter(category -> !category.isEmpty());
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS);
    }

    @Override
    public String toString() {
        return "ProductCategories" + List.copyOf(new TreeSet<>(names));
    }

    private static final class Holder {
        private static final ProductCategories BUNDLED_ONES = load();

        private static ProductCategories load() {
            try (InputStream json = ProductCategories.class.getResourceAsStream(BUNDLED)) {
                if (json == null) {
                    throw new IllegalStateException(BUNDLED + " is missing from this artifact");
                }
                return read(BUNDLED, json.readNBytes(MAX_BYTES + 1));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + BUNDLED + ", which is part of this artifact", e);
            }
        }
    }
}
