package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.intent.StatedFact;
import dev.pictor.intent.StatedFactBuilder;
import dev.pictor.intent.Understanding;
import org.junit.jupiter.api.Test;

class GenerationJsonTest {

    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void anUnderstandingKeepsItsFacts() throws JsonProcessingException {
        Understanding read = json.readValue("""
                {"style": "comic", "confidence": 0.5, "reasoning": "made up", "facts":
                 [{"kind": "count", "quote": "two owls", "count": 2, "new": 1}, {"kind": "newer", "quote": "at noon"}]}""", Understanding.class);

        assertThat(read.facts())
                .containsExactly(
                        new StatedFactBuilder()
                                .kind(StatedFact.Kind.COUNT)
                                .quote("two owls")
                                .count(2)
                                .build(),
                        StatedFact.of(StatedFact.Kind.OTHER, "at noon"));
        assertThat(json.readValue(json.writeValueAsString(read), Understanding.class))
                .isEqualTo(read);
        assertThat(json.writeValueAsString(read.facts().get(1)))
                .isEqualTo("{\"kind\":\"other\",\"quote\":\"at noon\"}");
    }

    @Test
    void anUnderstandingWithoutFactsHasNone() throws JsonProcessingException {
        Understanding read = json.readValue(
                "{\"style\": \"comic\", \"confidence\": 0.5, \"reasoning\": \"made up\"}", Understanding.class);

        assertThat(read.facts()).isEmpty();
        assertThat(json.writeValueAsString(read)).doesNotContain("facts");
    }

    @Test
    void aRequestKeepsItsDetail() throws JsonProcessingException {
        GenerationRequest read =
                json.readValue("{\"prompt\": \"an owl\", \"detail\": \"EXPERT\", \"new\": 1}", GenerationRequest.class);

        assertThat(read.detail()).isEqualTo(Detail.EXPERT);
        assertThat(json.writeValueAsString(read)).contains("\"detail\":\"expert\"");
        assertThat(json.readValue("{\"prompt\": \"an owl\"}", GenerationRequest.class)
                        .detail())
                .isEqualTo(Detail.DETAILED);
    }

    @Test
    void aRequestKeepsItsModelAndTier() throws JsonProcessingException {
        GenerationRequest read = json.readValue(
                "{\"prompt\": \"an owl\", \"model\": \"fine\", \"tier\": \"free\", \"new\": 1}",
                GenerationRequest.class);

        assertThat(read.model()).contains("fine");
        assertThat(read.tier()).contains("free");
        assertThat(json.readValue(json.writeValueAsString(read), GenerationRequest.class))
                .isEqualTo(read);
    }

    @Test
    void aRequestKeepsHowTheCacheIsUsed() throws JsonProcessingException {
        GenerationRequest read = json.readValue(
                "{\"prompt\": \"an owl\", \"cacheMode\": \"REFRESH\", \"new\": 1}", GenerationRequest.class);

        assertThat(read.cacheMode()).isEqualTo(CacheMode.REFRESH);
        assertThat(json.readValue(json.writeValueAsString(read), GenerationRequest.class))
                .isEqualTo(read);
        assertThat(json.readValue("{\"prompt\": \"an owl\"}", GenerationRequest.class)
                        .cacheMode())
                .isEqualTo(CacheMode.USE);
    }

    @Test
    void aRequestWithoutModelAndTierLeavesTheChoiceToTheRouter() throws JsonProcessingException {
        GenerationRequest read = json.readValue("{\"prompt\": \"an owl\"}", GenerationRequest.class);

        assertThat(read.model()).isEmpty();
        assertThat(read.tier()).isEmpty();
        assertThat(json.writeValueAsString(read)).doesNotContain("model", "tier");
    }
}
