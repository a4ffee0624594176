package dev.pictor.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.adapter.cutout.CutoutModels;
import dev.pictor.adapter.gemini.GeminiModels;
import dev.pictor.adapter.openai.OpenAiModels;
import dev.pictor.catalogue.CatalogueModel;
import dev.pictor.catalogue.ModelCatalogue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/adapters/models.md are those of the catalogues. {@code -Dpictor.docs.write=true} writes them anew.
 */
class ModelMatrixTest {

    private static final Path PAGE = Path.of("adapters", "models.md");
    private static final String BEGIN = "<!-- the tables: written by ModelMatrixTest -->\n";

    private static final List<ModelCatalogue> CATALOGUES = List.of(
            GeminiModels.catalogue(), GeminiModels.imagen(), OpenAiModels.catalogue(), CutoutModels.catalogue());

    @Test
    void itsTablesAreThoseOfTheCatalogues() throws IOException {
        String page = Files.readString(PAGE, UTF_8);
        String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String written = head + CATALOGUES.stream().map(ModelMatrixTest::tables).collect(Collectors.joining());
        if (Boolean.getBoolean("pictor.docs.write")) {
            Files.writeString(PAGE, written, UTF_8);
        }
        assertThat(Files.readString(PAGE, UTF_8)).isEqualTo(written);
    }

    private static String tables(ModelCatalogue catalogue) {
        StringBuilder text = new StringBuilder("\n## " + catalogue.vendor() + "\n");
        for (ModelKind kind : ModelKind.values()) {
            List<CatalogueModel> models = catalogue.models().stream()
                    .filter(model -> model.kind() == kind)
                    .toList();
            if (!models.isEmpty()) {
                text.append('\n').append(head(kind));
                models.forEach(model -> text.append(row(kind, model)));
            }
        }
        return text.toString();
    }

    private static String head(ModelKind kind) {
        List<String> columns = Stream.concat(
                        Stream.of("model", "choice for"),
                        Stream.concat(columns(kind), Stream.of("price", "retires", "in the place of")))
                .toList();
        return line(columns.stream()) + line(columns.stream().map(column -> "---"));
    }

    private static Stream<String> columns(ModelKind kind) {
        return switch (kind) {
            case IMAGE ->
                Stream.of(
                        "references", "mask", "seed", "pictures a request", "sizes", "ratios", "goes on", "characters");
            case REASONING -> Stream.of("pictures", "PDF", "JSON by schema", "tokens read");
            case EMBEDDING -> Stream.of("dimensions");
            default -> Stream.of("takes");
        };
    }

    private static String row(ModelKind kind, CatalogueModel model) {
        ModelProfile profile = model.profile();
        Stream<String> cells = switch (kind) {
            case IMAGE ->
                Stream.of(
                        String.valueOf(profile.maxReferences()),
                        yes(profile.supportsMask()),
                        yes(profile.supportsSeed()),
                        String.valueOf(profile.maxCount()),
                        sizes(profile),
                        profile.aspectRatios().isEmpty()
                                ? ""
                                : String.valueOf(profile.aspectRatios().size()),
                        yes(profile.supportsContinuation()),
                        number(profile.maxPromptChars().orElse(0)));
            case REASONING ->
                Stream.of(
                        yes(profile.readsPictures()),
                        yes(profile.readsPdf()),
                        yes(profile.answersBySchema()),
                        number(profile.maxInputTokens().orElse(0)));
            case EMBEDDING -> Stream.of(number(profile.dimensions().orElse(0)));
            default -> Stream.of("a picture");
        };
        boolean priced =
                profile.price().filter(price -> !price.rates().isEmpty()).isPresent();
        String choice = model.tiers().stream()
                .map(tier -> tier.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String retires = profile.retiresOn()
                .map(day ->
                        day + profile.successor().map(next -> ", then " + next).orElse(""))
                .orElse("");
        String replaces = model.replaces().stream().map(old -> old.id()).collect(Collectors.joining(", "));
        return line(Stream.concat(
                Stream.of("`" + profile.id() + "`", choice),
                Stream.concat(cells, Stream.of(priced ? "known" : "unknown", retires, replaces))));
    }

    private static String sizes(ModelProfile profile) {
        if (profile.maxSize().isPresent()) {
            return "any to " + profile.maxSize().get();
        }
        return Stream.concat(profile.sizes().stream().map(Object::toString), profile.sizeClasses().stream())
                .collect(Collectors.joining(", "));
    }

    private static String yes(boolean is) {
        return is ? "yes" : "";
    }

    private static String number(long count) {
        return count == 0 ? "" : String.format(Locale.ROOT, "%,d", count);
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
