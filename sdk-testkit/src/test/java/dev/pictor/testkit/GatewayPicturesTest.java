package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.inRun;
import static dev.pictor.testkit.GatewayCalls.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.routing.ModelHealth;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the gateway looks at pictures, and what it learns from them. */
@Timeout(60)
class GatewayPicturesTest {

    private final PipelineRunner runner = PipelineRunner.builder().build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final FakeImageModel painter = model("painter", "0.10");

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.build();
        gateways.add(gateway);
        return gateway;
    }

    /** The painter, but honouring every option. */
    private ImageModelAdapter honouring() {
        return new ImageModelAdapter() {
            @Override
            public ModelProfile profile() {
                return painter.profile();
            }

            @Override
            public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                ImageResult result = painter.generate(request, call);
                return ImageResult.builder(result.servedBy(), result.images())
                        .usage(result.usage())
                        .build();
            }
        };
    }

    private List<OptionWarning> warnings(Gateway gateway, ImageRequest request) {
        return inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, request))
                .warnings();
    }

    @Nested
    @DisplayName("R20: the form that was asked for")
    class Form {

        private final ImageRequest wide = ImageRequest.builder("a lamp")
                .aspectRatio(new AspectRatio(16, 9))
                .build();
        private final ImageRequest webp = ImageRequest.builder("a lamp")
                .putOptions("output_format", "webp")
                .build();

        @Test
        @DisplayName("R20: other proportions are a warning")
        void otherProportionsAreAWarning() {
            painter.thenReturn(FakePicture.of(new PixelSize(64, 64), 0x336699));

            assertThat(warnings(open(Gateway.builder(painter)), wide))
                    .containsExactly(new OptionWarning("aspectRatio", "asked for 16:9, got 64x64"));
        }

        @Test
        @DisplayName("R20: proportions as near as models come are none")
        void nearProportionsAreFine() {
            painter.thenReturn(FakePicture.of(new PixelSize(1344, 768), 0x336699));

            assertThat(warnings(open(Gateway.builder(painter)), wide)).isEmpty();
        }

        @Test
        @DisplayName("R20: another file format is a warning where the model honours the option")
        void anotherFormatIsAWarning() {
            assertThat(warnings(open(Gateway.builder(honouring())), webp))
                    .containsExactly(new OptionWarning("output_format", "asked for image/webp, got image/png"));
            assertThat(warnings(open(Gateway.builder(painter)), webp)) // it has said so itself
                    .containsExactly(new OptionWarning("output_format", "a fake model has no options"));
        }

        @Test
        @DisplayName("R20: who insists on the form gets no other")
        void exactMeansAll() {
            PictureCheck exact = PictureCheck.builder().exactSize(true).build();
            Gateway gateway = open(Gateway.builder(honouring()).pictureCheck(exact));
            painter.thenReturn(FakePicture.of(new PixelSize(64, 64), 0x336699));

            assertThatThrownBy(() -> warnings(gateway, wide))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNUSABLE_PICTURE))
                    .hasMessageContaining("asked for 16:9, got 64x64");
            assertThatThrownBy(() -> warnings(gateway, webp)).hasMessageContaining("asked for image/webp");
        }
    }

    @Test
    @DisplayName("R14: a picture that fails its check is no success of its model")
    void aBadPictureIsNoSuccess() {
        Gateway gateway = open(Gateway.builder(painter)
                .breaker(BreakerPolicy.builder().minimumCalls(1).build())
                .pictureCheck(PictureCheck.builder().exactSize(true).build()));
        ImageRequest large =
                ImageRequest.builder("a lamp").size(new PixelSize(128, 128)).build();
        painter.thenReturn(FakePicture.of(new PixelSize(64, 64), 0x336699));

        assertThatThrownBy(() -> warnings(gateway, large)).isInstanceOf(ModelException.class);

        ModelHealth health = gateway.health().values().iterator().next();
        assertThat(health.calls()).isZero();
        assertThat(warnings(gateway, large)).isEmpty();
    }
}
