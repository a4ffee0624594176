package dev.pictor.gateway;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.trace.Evaluation;
import java.util.List;

/** Looks at every picture before it counts as an answer. One that is no good is paid for, but goes no further. */
final class PictureChecking implements Step {

    private final PictureCheck check;

    PictureChecking(PictureCheck check) {
        this.check = check;
    }

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        ModelAnswer<R> answer = road.proceed();
        if (road.call() instanceof ImageCall call && answer.result() instanceof ImageResult result) {
            PictureForm asked = PictureForm.of(call);
            look(road, asked, result.images());
            return answer.withWarnings(result.images().stream()
                    .flatMap(image -> asked.otherwise(image).stream())
                    .filter(warning -> answer.warnings().stream() // else the model has said so itself
                            .noneMatch(known -> known.option().equals(warning.option())))
                    .distinct()
                    .toList());
        }
        if (answer.result() instanceof BackgroundRemovalResult result) {
            judge(road, check.decoded(result.image()), "the picture");
        }
        return answer;
    }

    private void look(Road<?> road, PictureForm asked, List<ImageBytes> images) {
        for (int place = 1; place <= images.size(); place++) {
            judge(road, check.look(images.get(place - 1), asked), "picture " + place + " of " + images.size());
        }
    }

    private static void judge(Road<?> road, PictureCheck.Finding finding, String picture) {
        if (finding.fault().isPresent()) {
            String fault = finding.fault().get();
            note(road, Evaluation.Verdict.FAIL, fault);
            String model = road.call().profile.id();
            throw new ModelException(ModelFailure.builder(
                            model,
                            Reason.UNUSABLE_PICTURE,
                            Billed.BILLED_UNUSABLE,
                            picture + " from " + model + " is no good: " + fault)
                    .build());
        }
        finding.warnings().forEach(warning -> note(road, Evaluation.Verdict.WARN, warning));
    }

    private static void note(Road<?> road, Evaluation.Verdict verdict, String words) {
        road.journey().run.evaluate(Evaluation.of("picture.structure", verdict, words));
    }
}
