package dev.pictor.model.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A request's body that tells of each piece that leaves: before the first one, no vendor can have done any work. */
final class WatchedBody implements BodyPublisher {

    private final BodyPublisher body;
    private final Consumer<ByteBuffer> leaves;

    WatchedBody(BodyPublisher body, Consumer<ByteBuffer> leaves) {
        this.body = body;
        this.leaves = leaves;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> to) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                to.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                leaves.accept(piece);
                to.onNext(piece);
            }

            @Override
            public void onError(Throwable thrown) {
                to.onError(thrown);
            }

            @Override
            public void onComplete() {
                to.onComplete();
            }
        });
    }
}
