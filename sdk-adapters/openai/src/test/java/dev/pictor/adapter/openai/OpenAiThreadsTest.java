package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.Message;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.LeakDetector;
import dev.pictor.testkit.TestCallContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The vendor's SDK would start threads of its own if its client were made: nothing is left behind. */
class OpenAiThreadsTest {

    @RegisterExtension
    static final LeakDetector LEAKS = new LeakDetector();

    @Test
    void nothingIsLeftOfAdaptersThatAreClosed() throws InterruptedException {
        try (FaultServer server = FaultServer.start();
                TestCallContext call = TestCallContext.unbounded();
                OpenAiImageAdapter images = OpenAiImageAdapter.builder("k")
                        .baseUrl(server.uri().resolve("/v1"))
                        .build();
                OpenAiReasoningAdapter reasoning = OpenAiReasoningAdapter.builder("k")
                        .baseUrl(server.uri().resolve("/v1"))
                        .build();
                OpenAiEmbeddingAdapter embeddings = OpenAiEmbeddingAdapter.builder("k")
                        .baseUrl(server.uri().resolve("/v1"))
                        .build()) {
            server.enqueue(
                    FaultAnswer.json(200, Answers.images(1)),
                    FaultAnswer.json(200, Answers.words("hi")),
                    FaultAnswer.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1,2]}]}"));
            assertThat(images.generate(ImageRequest.builder("a lamp").build(), call)
                            .images())
                    .hasSize(1);
            assertThat(reasoning
                            .reason(
                                    ReasoningRequest.builder(List.of(Message.user("hello")))
                                            .build(),
                                    call)
                            .text())
                    .isEqualTo("hi");
            assertThat(embeddings
                            .embed(new EmbeddingRequest(List.of("a lamp")), call)
                            .embeddings())
                    .hasSize(1);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("openai") || name.equals("DefaultSleeper"));
        }
    }
}
