package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

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
 * that is what its first part is. What is made for pets, dolls or play is none, nor is a book, a print or a pattern of a thing.
 * The description is asked where the title names nothing known or leaves a doubt: what its first sentence calls the thing
 * counts more than the parts, materials and care that it mentions. The make comes last.
 */
public final class ProductCategories {

    /** The largest file that is read: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    /** How much of a title or description is read, in characters: 2,000. */
    public static final int MAX_CHARS = 2_000;

    private static final String BUNDLED = "product-categories.json";
    private static final int LEAST_POINTS = 2;
    private static final int TITLE_POINTS = 4;

    private final Set<String> names;
    private final ProductVocabulary vocabulary;
    private final ProductTitle titles;
    private final ProductDescription descriptions;

    private ProductCategories(ProductVocabulary vocabulary) {
        this.vocabulary = vocabulary;
        names = Set.copyOf(vocabulary.names());
        titles = new ProductTitle(vocabulary);
        descriptions = new ProductDescription(vocabulary);
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
            throw new IllegalArgumentException(
                    "the product categories " + source + " must have at most " + MAX_BYTES + " bytes");
        }
        return new ProductCategories(new ProductVocabulary(source, json));
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
        String said = cut(requireNonNull(description, "description"));
        return category(name, said).filter(category -> !category.equals(ProductVocabulary.OTHER));
    }

    private Optional<String> category(String title, String description) {
        if (descriptions.denies(description)) {
            return Optional.empty();
        }
        Optional<ProductTitle.Named> named = titles.named(title);
        if (named.filter(one -> one.trust() == ProductTitle.Trust.SURE).isPresent()) {
            return named.map(ProductTitle.Named::category);
        }
        Map<String, Integer> points = descriptions.points(title, description);
        named.ifPresent(one -> points.merge(one.category(), TITLE_POINTS, Integer::sum));
        int most = points.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> best = points.entrySet().stream()
                .filter(one -> one.getValue() == most && most >= LEAST_POINTS)
                .map(Map.Entry::getKey)
                .toList();
        if (best.size() == 1) {
            return Optional.of(best.get(0));
        }
        return named.map(ProductTitle.Named::category)
                .or(() -> vocabulary
                        .makes()
                        .last(ProductWords.words(title), found -> true)
                        .map(ProductWords.Found::value));
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
