package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductCategoriesTest {

    @TempDir
    Path work;

    private final ProductCategories categories = ProductCategories.bundled();

    private String find(String title, String description) {
        return categories.find(title, description).orElse("NONE");
    }

    @ParameterizedTest
    @CsvSource({
        "Large Bean Bag, FURNITURE",
        "Shoe Rack with 4 Tiers, FURNITURE",
        "Leather Belt Bag, BAGS",
        "Leather Belt, APPAREL",
        "Brown Leather Belt Watch, JEWELRY",
        "Ring Light with Tripod, NONE",
        "Table Lamp, NONE",
        "Wooden Earring Holder, NONE",
        "Watch Strap 22mm, NONE",
        "Watch Gold for Women, JEWELRY",
        "Oak Chest of Drawers, FURNITURE",
        "Women's Floral Summer Dresses, APPAREL",
        "Slim-Fit Jeans, APPAREL",
        "Silk Scarves, APPAREL",
        "Oxford Shirt, APPAREL",
        "Men's Oxford Shoes, FOOTWEAR",
        "Travel Bag for Shoes, BAGS",
        "Shoe Cleaner for White Sneakers, NONE",
        "Sleeping Bag, NONE",
        "Sofa Bed, FURNITURE",
        "Bed Sheets Queen, NONE",
        "Set of 2 Dining Chairs, FURNITURE"
    })
    void theLastKnownWordOfTheFirstThingCounts(String title, String category) {
        assertThat(find(title, "")).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "Dress with Matching Belt Bag, APPAREL",
        "Necklace & Earrings Set, JEWELRY",
        "Handbag and Wallet, BAGS",
        "Table and Chairs, FURNITURE"
    })
    void aSetIsWhatItsFirstPartIs(String title, String category) {
        assertThat(find(title, "")).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "Bead and Shell Bracelet, JEWELRY",
        "'Glass, Brass, Wood Necklace', JEWELRY",
        "Brush and Comb for Boots, NONE"
    })
    void anAmbiguousNameGivesWayToABetterOneOfTheList(String title, String category) {
        assertThat(find(title, "")).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "Drawstring Short, APPAREL",
        "Short Stories, NONE",
        "Linen Top, APPAREL",
        "Top Loader, NONE",
        "Running Tank Teal XL, APPAREL",
        "Tank Engine, NONE"
    })
    void aWordWithOtherUsesCountsAtTheEndOfAName(String title, String category) {
        assertThat(find(title, "")).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({
        "Knitted Coat for Puppies, NONE",
        "Dog Winter Coat Warm Fleece Jacket Waterproof Vest, NONE",
        "Greyhound Raincoat, NONE",
        "Doll's Wardrobe, NONE",
        "Toy Handbag, NONE",
        "Dog Walking Bag, BAGS",
        "Dog Lover Hoodie, APPAREL",
        "Pony Hair Loafers, FOOTWEAR"
    })
    void whatIsMadeForAnimalsAndDollsIsNone(String title, String category) {
        assertThat(find(title, "")).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Key Bowl \"Blue Dress\"|NONE",
                "Tote Bag \"Books and Lamps\"|BAGS",
                "\"Oslo\" Armchair|FURNITURE",
                "60\" Sofa, 20\" Deep|FURNITURE",
                "A Short History of Shoes (Paperback)|NONE",
                "Wrap Skirt, Paper Pattern|NONE",
                "Wardrobe Organiser 6 Shelves|NONE",
                "Boot Degreaser|NONE",
                "Stockings 20 Denier|APPAREL",
                "Zorbex for Shoes|NONE",
                "TABLE WITH LAMP|FURNITURE",
                "Minaudi\u00e8re|BAGS",
                "Moleskin Jeansjacket|APPAREL"
            })
    void whatStandsAroundANameTellsWhetherItCounts(String title, String category) {
        assertThat(find(title, "")).isEqualTo(category);
    }

    @Test
    void aLongRowOfWordsIsWhatItNamesMost() {
        assertThat(find("Women Loafers Casual Shoes Office Moccasins Soft Sole Box", ""))
                .isEqualTo("FOOTWEAR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "APPAREL|Spun in Wales, with a crew neck and ribbed cuffs. Machine wash cold.",
                "FOOTWEAR|Suede upper on a crepe sole, with a padded collar.",
                "BAGS|Two zipped compartments, a top handle and a detachable shoulder strap.",
                "FURNITURE|Oiled oak, soft-close drawers, tapered legs. Assembly required.",
                "JEWELRY|Hand-set moonstone in sterling silver, 45 cm with lobster clasp.",
                "NONE|Poured by hand. Burn time 30 hours, notes of fig and cotton.",
                "FOOTWEAR|Goodyear welted.",
                "NONE|Ribbed."
            })
    void partsAndCareTellWhatNoNameDoes(String category, String description) {
        assertThat(find("The Meadow", description)).isEqualTo(category);
    }

    @Test
    void aDescriptionDeniesWhatTheTitleSays() {
        assertThat(find("Party Dress", "Fits most fashion dolls.")).isEqualTo("NONE");
        assertThat(find("Party Dress", "Fits most guests.")).isEqualTo("APPAREL");
    }

    @Test
    void aDoubtfulTitleIsWeighedAgainstTheDescription() {
        assertThat(find("Suede Boot Zorbex", "It is a cleaning block. Removes stains."))
                .isEqualTo("NONE");
        assertThat(find("Suede Boot Zorbex", "It is warm.")).isEqualTo("FOOTWEAR");
    }

    @Test
    void theDescriptionIsAskedWhereTheTitleNamesNothing() {
        assertThat(find("Malmo", "A solid oak dining table that seats six.")).isEqualTo("FURNITURE");
        assertThat(find("Aurora", "Aurora is a delicate silver bracelet with moonstones."))
                .isEqualTo("JEWELRY");
        assertThat(find("Sofa", "It is a dress.")).isEqualTo("FURNITURE");
    }

    @Test
    void whatAThingIsForIsNotWhatItIs() {
        assertThat(find("Leather Care Balm", "A balm that protects your shoes and bags."))
                .isEqualTo("NONE");
        assertThat(find("Roller", "Keep it under your desk.")).isEqualTo("NONE");
        assertThat(find("Coco Noir", "It is an elegant fragrance. Wear it with a dress."))
                .isEqualTo("NONE");
    }

    @Test
    void theMakeIsTheLastResort() {
        assertThat(find("Rolex Datejust", "")).isEqualTo("JEWELRY");
        assertThat(find("Rolex Datejust", "It is a wall clock.")).isEqualTo("NONE");
        assertThat(find("", "")).isEqualTo("NONE");
    }

    @Test
    void textsAreReadToABound() {
        assertThat(find("x ".repeat(999) + "dress", "")).isEqualTo("NONE");
        assertThat(find("x ".repeat(900) + "dress", "")).isEqualTo("APPAREL");
    }

    @Test
    void areOfAFileOfOnesOwn() throws IOException {
        ProductCategories own = ProductCategories.read(
                file("{\"categories\": {\"TOYS\": {\"words\": [\"doll\", \"ball\"]}}, \"other\": [\"ball gown\"]}"));

        assertThat(own.names()).containsExactly("TOYS");
        assertThat(own.find("Rag Dolls")).contains("TOYS");
        assertThat(own.find("Ball Gown")).isEmpty();
        assertThat(own.find("Red Shirt")).isEmpty();
        assertThatThrownBy(() -> ProductCategories.read(work.resolve("none.json")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aFileOfOnesOwnMayHaveFinerWords() throws IOException {
        ProductCategories own = ProductCategories.read(file("{\"categories\": {\"TOYS\": {\"words\": [\"doll\"],"
                + " \"weak\": [\"top\"], \"endings\": [\"bear\"], \"signs\": [\"age 3\", \"plush\"], \"makes\": [\"acme\"]}},"
                + " \"other\": [\"shirt\"], \"other_endings\": [\"er\"], \"other_anywhere\": [\"poster\"],"
                + " \"other_if_said\": [\"wall art\"], \"other_for\": {\"dog\": [\"TOYS\"]}, \"ignored\": [\"doll face\"],"
                + " \"details\": [\"red\", \"lover\"]}"));

        assertThat(own.find("Spinning Top Red")).contains("TOYS");
        assertThat(own.find("Top Floor Plan")).isEmpty();
        assertThat(own.find("Mountainbears")).contains("TOYS");
        assertThat(own.find("Bruno", "Plush, age 3 and up")).contains("TOYS");
        assertThat(own.find("Acme One")).contains("TOYS");
        assertThat(own.find("Doll Stretcher")).isEmpty();
        assertThat(own.find("Doll Lover")).contains("TOYS");
        assertThat(own.find("Doll, a Poster")).isEmpty();
        assertThat(own.find("Doll", "Wall art.")).isEmpty();
        assertThat(own.find("Dog Doll")).isEmpty();
        assertThat(own.find("Doll-Face Cream")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|have no categories",
                "nonsense|are no JSON, at line 1",
                "{\"categories\": {\"A\": {}}, \"other\": [\"x\"]}|must have a list in A.words, was ",
                "{\"categories\": {\"A\": {\"words\": [\"a\"]}}}|must have a list in other, was ",
                "{\"categories\": {\"A\": {\"words\": [7]}}, \"other\": [\"x\"]}|must have words alone in A.words, had 7",
                "{\"categories\": {\"A\": {\"words\": [\"a\"]}}, \"other\": [\"x\"], \"details\": 7}|must have a list in details, was 7",
                "{\"categories\": {\"A\": {\"words\": [\"a\"]}}, \"other\": [\"x\"], \"other_for\": {\"dog\": [\"B\"]}}|"
                        + "must have categories alone in other_for.dog, had [\"B\"]",
                "{\"categories\": {\"A\": {\"words\": [\"x\"]}}, \"other\": [\"x\"]}|"
                        + "have \"x\" twice, the second time in other"
            })
    void aFileIsRefusedWithWhatIsWrong(String json, String problem) throws IOException {
        Path file = file(json);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProductCategories.read(file))
                .withMessageContaining("the product categories " + file + " " + problem);
    }

    private Path file(String json) throws IOException {
        return Files.writeString(work.resolve("own.json"), json);
    }
}
