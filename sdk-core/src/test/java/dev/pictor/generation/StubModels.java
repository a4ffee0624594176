package dev.pictor.generation;

import dev.pictor.image.Pictures;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Models for tests of this module, which cannot use the testkit. */
final class StubModels {

    private StubModels() {}

    /** Draws 8x8 unless a size is asked for, at $0.039 a picture. */
    static final class Painter implements ImageModelAdapter {

        final List<ImageRequest> requests = Collections.synchronizedList(new ArrayList<>());

        @Override
        public ModelProfile profile() {
            return ModelProfile.builder("stub-painter", "stub")
                    .maxCount(4)
                    .maxSize(new PixelSize(2048, 2048))
                    .price(Price.builder("made up", LocalDate.EPOCH)
                            .addRates(Rate.perImage("0.039"))
                            .build())
                    .build();
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) {
            requests.add(request);
            PixelSize size = request.size().orElse(new PixelSize(8, 8));
            return ImageResult.builder(
                            "stub-painter-1",
                            IntStream.range(0, request.count())
                                    .mapToObj(i -> Pictures.png(size.width(), size.height()))
                                    .toList())
                    .usage(Usage.builder().images(request.count()).build())
                    .build();
        }
    }

    /** Gives one answer to everything, for free. */
    record Reader(String answer) implements ReasoningModelAdapter {

        static final Reader ART = new Reader("""
                {"domain": "art", "style": "impressionist", "subject": "a garden", "mood": null,
                 "facts": [], "purpose": null, "questions": [], "suggestion": null,
                 "colours": ["lilac"], "confidence": 0.9, "reasoning": "the wish says impressionist"}""");

        @Override
        public ModelProfile profile() {
            return ModelProfile.builder("stub-reader", "stub")
                    .readsPictures(true)
                    .price(Price.free())
                    .build();
        }

        @Override
        public ReasoningResult reason(ReasoningRequest request, CallContext call) {
            Message last = request.messages().get(request.messages().size() - 1);
            if (last.text().contains("unavailable")) {
                throw new ModelException(ModelFailure.builder(
                                "stub-reader",
                                ModelFailure.Reason.UNAVAILABLE,
                                ModelFailure.Billed.REJECTED,
                                "stub-reader is down")
                        .build());
            }
            return ReasoningResult.builder("stub-reader-1", answer)
                    .usage(Usage.builder()
                            .inputTextTokens(10)
                            .outputTextTokens(20)
                            .build())
                    .build();
        }
    }
}
