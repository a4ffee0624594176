package dev.pictor.intent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of a file of product categories. The category {@link #OTHER} is none of those there are. */
final class ProductVocabulary {

    /** The category of what is in none of the others. */
    static final String OTHER = "";

    /**
     * What a word names.
     *
     * @param category what the thing is
     * @param weak whether the word has other uses, so that it counts as the last one of a name alone
     */
    record Thing(String category, boolean weak) {}

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String source;
    private final Set<String> names = new TreeSet<>();
    private final ProductWords<Thing> things = new ProductWords<>();
    private final ProductWords<String> signs = new ProductWords<>();
    private final ProductWords<String> makes = new ProductWords<>();
    private final ProductWords<Boolean> elsewhere = new ProductWords<>();
    private final ProductWords<Boolean> denials = new ProductWords<>();
    private final ProductWords<Set<String>> wearers = new ProductWords<>();
    private final Set<String> ignored = new HashSet<>();
    private final Pattern ignoredPattern;
    private final ProductWords<Boolean> details = new ProductWords<>();
    private final Set<String> otherEndings = new HashSet<>();

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if anything in it is wrong: the message names category, field and value
     */
    ProductVocabulary(String source, byte[] json) {
        this.source = source;
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw wrong("are no JSON, at line " + e.getLocation().getLineNr());
        } catch (IOException e) {
            throw wrong("are no JSON");
        }
        JsonNode categories = root.path("categories");
        if (!categories.isObject() || categories.isEmpty()) {
            throw wrong("have no categories");
        }
        for (Map.Entry<String, JsonNode> category : categories.properties()) {
            String name = category.getKey();
            names.add(name);
            needed(category.getValue(), name + ".", "words");
            read(category.getValue(), name + ".", "words", one -> things.add(one, new Thing(name, false)));
            read(category.getValue(), name + ".", "weak", one -> things.add(one, new Thing(name, true)));
            read(category.getValue(), name + ".", "endings", one -> things.addEnding(one, new Thing(name, false)));
            read(category.getValue(), name + ".", "signs", one -> signs.add(one, name));
            read(category.getValue(), name + ".", "makes", one -> makes.add(one, name));
        }
        needed(root, "", "other");
        read(root, "", "other", one -> things.add(one, new Thing(OTHER, false)));
        read(root, "", "other_weak", one -> things.add(one, new Thing(OTHER, true)));
        read(root, "", "other_signs", one -> signs.add(one, OTHER));
        read(root, "", "other_endings", otherEndings::add);
        read(root, "", "other_anywhere", one -> elsewhere.add(one, true));
        read(root, "", "other_if_said", one -> denials.add(one, true));
        read(root, "", "ignored", ignored::add);
        read(root, "", "details", one -> details.add(one, true));
        for (Map.Entry<String, JsonNode> wearer : root.path("other_for").properties()) {
            Set<String> turned = new HashSet<>();
            read(root.path("other_for"), "other_for.", wearer.getKey(), turned::add);
            if (!names.containsAll(turned)) {
                throw wrong(
                        "must have categories alone in other_for." + wearer.getKey() + ", had " + wearer.getValue());
            }
            if (!wearers.add(wearer.getKey(), Set.copyOf(turned))) {
                throw wrong("must have " + wearer.getKey() + " once in other_for");
            }
        }
        ignoredPattern = pattern(ignored);
    }

    private void needed(JsonNode object, String where, String field) {
        if (object.path(field).isEmpty()) {
            throw wrong("must have a list in " + where + field + ", was " + object.path(field));
        }
    }

    private void read(JsonNode object, String where, String field, Predicate<String> to) {
        JsonNode list = object.path(field);
        if (list.isMissingNode()) {
            return;
        }
        if (!list.isArray() || list.isEmpty()) {
            throw wrong("must have a list in " + where + field + ", was " + list);
        }
        for (JsonNode phrase : list) {
            if (!phrase.isTextual() || ProductWords.words(phrase.asText()).isEmpty()) {
                throw wrong("must have words alone in " + where + field + ", had " + phrase);
            }
            if (!to.test(phrase.asText())) {
                throw wrong("have \"" + phrase.asText() + "\" twice, the second time in " + where + field);
            }
        }
    }

    private IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException("the product categories " + source + " " + problem);
    }

    /** The categories, in the order of their names. */
    Set<String> names() {
        return names;
    }

    /** What things are called. */
    ProductWords<Thing> things() {
        return things;
    }

    /** What tells a category without naming a thing: parts, materials, care. */
    ProductWords<String> signs() {
        return signs;
    }

    /** Makes and models that make one kind of thing. */
    ProductWords<String> makes() {
        return makes;
    }

    /** Whether a title has words that tell another thing wherever they stand, such as paperback. */
    boolean isOtherAnywhere(List<String> title) {
        return elsewhere.last(title, found -> true).isPresent();
    }

    /** Whether a description has words that deny what the title says, such as "doll not included". */
    boolean isDenied(List<String> description) {
        return denials.last(description, found -> true).isPresent();
    }

    /** Whether a thing of a category is none if it is for one whom these words name, such as a dog. */
    boolean isTurned(List<String> words, String category) {
        return wearers.last(words, found -> found.value().contains(category)).isPresent();
    }

    /** Whether words say of which colour, size or material a thing is. */
    boolean areDetails(List<String> words) {
        return words.stream().allMatch(this::isDetail);
    }

    private boolean isDetail(String word) {
        return Character.isDigit(word.charAt(0))
                || word.length() == 1
                || details.last(List.of(word), found -> true).isPresent();
    }

    /** Whether the last of the words after a known one looks like a tool or a means, such as scraper; a unit is none. */
    boolean looksOther(List<String> words) {
        int last = words.size() - 1;
        return last >= 0
                && !isDetail(words.get(last))
                && (last == 0 || !Character.isDigit(words.get(last - 1).charAt(0)))
                && otherEndings.stream().anyMatch(words.get(last)::endsWith);
    }

    /** The text without those phrases that look like a thing and name none, such as "short sleeve". */
    String withoutIgnored(String text) {
        return ignored.isEmpty() ? text : ignoredPattern.matcher(text).replaceAll(" ");
    }

    private static Pattern pattern(Collection<String> phrases) {
        String any = phrases.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(one -> one.replace(" ", "[\\s-]+"))
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + any + ")s?(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE);
    }
}
