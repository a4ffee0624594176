package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.testkit.HttpImageModel;
import dev.pictor.testkit.TestCallContext;
import dev.pictor.testkit.recording.HttpRecording;
import dev.pictor.testkit.recording.RecordedServer;
import org.junit.jupiter.api.Test;

class LampServiceRecordingTest {

    // @start region="recording"
    @Test
    @HttpRecording(value = "src/test/recordings/lamp", upstream = "https://api.openai.com")
    void drawsALamp(RecordedServer vendor) throws InterruptedException {
        try (HttpImageModel model = HttpImageModel.to(vendor.uri()).apiKey("from your environment");
                TestCallContext call = TestCallContext.unbounded()) {
            ImageRequest lamp = ImageRequest.builder("a brass lamp")
                    .size(new PixelSize(64, 64))
                    .build();
            ImageResult result = model.generate(lamp, call);
            assertThat(result.images()).hasSize(1);
        }
    }
    // @end
}
