package dev.pictor.testkit;

import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import java.time.LocalDate;

/** What a judge may say of a picture, and models at 10 cents a picture that are known to be so good. */
final class Judgements {

    static final String GOOD = answer("ACCEPT", 9);
    static final String BAD = answer("RETRY", 2);

    private Judgements() {}

    private static String answer(String verdict, int overall) {
        return """
                {"seen": "a lamp", "textSeen": [], "facts": [], "defects": [], "factsStated": 0, "factsMet": 0,
                 "adherence": 5, "composition": 5, "technique": 5, "artefacts": 5, "textLegibility": null,
                 "overall": %d, "verdict": "%s", "reasoning": "overall %d", "notVisible": [], "confidence": 0.9}""".formatted(overall, verdict, overall);
    }

    static FakeImageModel model(String id, double quality) {
        FakeImageModel model = FakeImageModel.create();
        ModelProfile profile = model.profile().toBuilder()
                .id(id)
                .quality(quality)
                .supportsSeed(false)
                .price(Price.builder("made up", LocalDate.EPOCH)
                        .addRates(Rate.perImage("0.10"))
                        .build())
                .build();
        return model.profile(profile);
    }
}
