package dev.pictor.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonEditTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = """
            {
              "threshold": 0.70,
              "groups": [
                {"name": "oil", "words": ["oil paint", "é\\"1"]},
                {"name": "none", "words": []}
              ],
              "empty": {}
            }
            """;

    @Test
    void changesOneValueAndNothingElse() {
        assertThat(JsonEdit.set(FILE, "/threshold", "0.55")).isEqualTo(FILE.replace("0.70", "0.55"));
        assertThat(JsonEdit.set(FILE, "/groups/0/words/1", "\"x\"")).isEqualTo(FILE.replace("\"é\\\"1\"", "\"x\""));
        assertThat(JsonEdit.set(FILE, "/groups/1/words", "[1]")).isEqualTo(FILE.replace("[]", "[1]"));
    }

    @Test
    void addsToAListAsItIsWritten() {
        assertThat(JsonEdit.set(FILE, "/groups/0/words/-", "\"x\""))
                .isEqualTo(FILE.replace("\"é\\\"1\"]", "\"é\\\"1\", \"x\"]"));
        assertThat(JsonEdit.set(FILE, "/groups/1/words/-", "\"x\"")).isEqualTo(FILE.replace("[]", "[\"x\"]"));
        assertThat(JsonEdit.set(FILE, "/groups/-", "{}"))
                .isEqualTo(FILE.replace("\"words\": []}", "\"words\": []},\n    {}"));
    }

    @Test
    void addsAMemberThatIsNotThere() {
        assertThat(JsonEdit.set(FILE, "/more~1less", "1"))
                .isEqualTo(FILE.replace("\"empty\": {}", "\"empty\": {},\n  \"more/less\": 1"));
        assertThat(JsonEdit.set(FILE, "/empty/a", "1"))
                .isEqualTo(FILE.replace("\"empty\": {}", "\"empty\": {\"a\": 1}"));
    }

    @Test
    void refusesAPlaceThatIsNotThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonEdit.set(FILE, "/nowhere/deep", "1"))
                .withMessage("there is no /nowhere/deep in the file");
        assertThatIllegalArgumentException().isThrownBy(() -> JsonEdit.set(FILE, "/groups/7", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonEdit.set(FILE, "groups", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonEdit.set("{", "/a", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonEdit.set("", "/a", "1"));
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void doesWhatAChangeOfTheTreeDoes(long seed) throws IOException {
        Random random = new Random(seed);
        JsonNode tree = tree(random, 4);
        String text =
                random.nextBoolean() ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) : tree.toString();
        List<JsonPointer> places = new ArrayList<>();
        places(tree, JsonPointer.empty(), places);
        for (JsonPointer place : places) {
            String edited = JsonEdit.set(text, place.toString(), "[7]");
            JsonNode expected = tree.deepCopy();
            JsonNode parent = expected.at(place.head());
            String last = place.last().getMatchingProperty();
            if (parent instanceof ObjectNode object) {
                object.set(last, JSON.readTree("[7]"));
            } else if (parent instanceof ArrayNode array) {
                JsonNode before = array.set(Integer.parseInt(last), JSON.readTree("[7]"));
                assertThat(before).isNotNull();
            }
            assertThat(JSON.readTree(edited)).as("%s of %s", place, text).isEqualTo(expected);
            assertThat(JsonEdit.get(text, place.toString())).isNotNull();
            assertThat(JSON.readTree(String.valueOf(JsonEdit.get(text, place.toString()))))
                    .isEqualTo(tree.at(place));
        }
    }

    private static void places(JsonNode node, JsonPointer at, List<JsonPointer> into) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                into.add(at.appendProperty(member.getKey()));
                places(member.getValue(), at.appendProperty(member.getKey()), into);
            });
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            into.add(at.appendIndex(i));
            places(node.get(i), at.appendIndex(i), into);
        }
    }

    private static JsonNode tree(Random random, int depth) {
        int kind = depth == 4 ? 0 : random.nextInt(depth == 0 ? 3 : 5);
        switch (kind) {
            case 0, 4 -> {
                ObjectNode object = JSON.createObjectNode();
                for (int i = random.nextInt(4); i >= 0 && depth > 0; i--) {
                    object.set("k\"/~é" + random.nextInt(9), tree(random, depth - 1));
                }
                return object;
            }
            case 1 -> {
                return JSON.getNodeFactory().textNode("a\"\n\\ü" + random.nextInt());
            }
            case 2 -> {
                return JSON.getNodeFactory().numberNode(random.nextInt(1_000_000));
            }
            default -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(tree(random, depth - 1));
                }
                return array;
            }
        }
    }
}
