package dev.pictor.gateway.price;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PublicMapTest {

    private static final String MAP = """
            {
              "low/1024-x-1024/p": {"a": {"input_cost_per_image": 0.001, "mode": "image_generation"}},
              "medium/1024-x-1024/p": {"a": {"input_cost_per_image": 0.002, "mode": "image_generation"}},
              "standard/1024-x-1024/p": {"a": {"input_cost_per_image": 0.001, "mode": "image_generation"}},
              "1024-x-1024/p": {"a": {"input_cost_per_image": 0.001, "mode": "image_generation"}},
              "gemini/flash": {"a": {"output_cost_per_image": 0.045, "mode": "image_generation"}},
              "vertex_ai/flash": {"a": {"output_cost_per_image": 0.0672, "mode": "image_generation"}},
              "x-pro-image": {"a": {"output_cost_per_image": 0.134, "mode": "image_generation"}},
              "deep-research": {"a": {"output_cost_per_token": 0.1, "mode": "image_generation"}},
              "priceless": {"a": {"mode": "image_generation"}},
              "by-token": {"a": {"output_cost_per_token": 5e-10, "mode": "image_generation"}},
              "pixels": {"a": {"input_cost_per_pixel": 0.0, "mode": "image_generation"}},
              "flat": {"a": {"input_cost_per_image": 0.04, "mode": "image_generation"}},
              "fine": {"a": {"output_cost_per_image": 0.04, "mode": "image_generation"}}
            }
            """;

    @Test
    @DisplayName("R25: each error that public maps were seen to have is named")
    void namesEachError() throws IOException {
        assertThat(PublicMap.defects(JsonMapper.builder().build().readTree(MAP)))
                .containsExactlyInAnyOrder(
                        "standard/1024-x-1024/p: costs what low costs",
                        "1024-x-1024/p: costs what low costs",
                        "gemini/flash: 0.045 here, 0.0672 as vertex_ai/flash",
                        "x-pro-image: one price for a picture, none for 4K",
                        "deep-research: is no image model",
                        "priceless: draws and has no price",
                        "by-token: pictures are priced per token",
                        "pixels: a pixel costs 0",
                        "flat: the price of a picture drawn is named as one of a picture read");
    }

    /** Runs where somebody names a copy of the map: {@code -Dpictor.price.map=FILE}. */
    @TestFactory
    Stream<DynamicTest> theMapItselfHasThem() {
        return Optional.ofNullable(System.getProperty("pictor.price.map")).map(Path::of).stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    List<String> defects =
                            PublicMap.defects(JsonMapper.builder().build().readTree(Files.readAllBytes(file)));

                    assertThat(defects)
                            .contains(
                                    "standard/1024-x-1024/gpt-image-1.5: costs what low costs",
                                    "1024-x-1024/gpt-image-1.5: costs what low costs",
                                    "gemini-3-pro-image: one price for a picture, none for 4K",
                                    "deep-research-pro-preview-12-2025: is no image model",
                                    "dashscope/qwen-image-2.0: draws and has no price",
                                    "dashscope/qwen-image-2.0-pro: draws and has no price",
                                    "fireworks_ai/accounts/fireworks/models/flux-kontext-max: pictures are priced per"
                                            + " token",
                                    "azure/standard/1024-x-1024/dall-e-2: a pixel costs 0",
                                    "dall-e-3: the price of a picture drawn is named as one of a picture read")
                            .anySatisfy(defect ->
                                    assertThat(defect).startsWith("gemini/gemini-3.1-flash-image-preview: 0.045 here"));
                }));
    }
}
