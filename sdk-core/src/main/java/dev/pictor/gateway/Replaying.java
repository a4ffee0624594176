package dev.pictor.gateway;

import dev.pictor.model.ModelResult;

/** Answers from the record of an earlier run. What follows on the road to a model is left out. */
final class Replaying implements Step {

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        road.checkOpen();
        Journey journey = road.journey();
        RecordedAnswers answers =
                journey.run.extension(RecordedAnswers.class).orElseThrow(); // else the call is on another road
        RecordedAnswer recorded = answers.next(
                journey.run.stage(), road.call().operation(), RequestFields.of(road.call(), journey.options));
        return AnswerForm.read(road.call(), recorded);
    }
}
