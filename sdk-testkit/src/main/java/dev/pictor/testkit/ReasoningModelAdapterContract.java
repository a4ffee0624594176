package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link ReasoningModelAdapter} passes, offline. Extend it and give the adapter; for an adapter over
 * a network extend {@code dev.pictor.testkit.wire.WireReasoningModelAdapterContract}, which has more. Not thread-safe.
 */
public abstract class ReasoningModelAdapterContract extends AdapterContract<ReasoningRequest, ReasoningResult> {

    private static final String UNKNOWN = "pictorContractNoSuchOption";

    /** For subclasses. */
    protected ReasoningModelAdapterContract() {}

    /**
     * Returns the adapter under test.
     *
     * @return the same adapter throughout a test; the subclass closes it
     */
    protected abstract ReasoningModelAdapter adapter();

    /**
     * Returns a request that the adapter serves without a warning. Default: one question in one message.
     *
     * @return nothing beyond the ordinary
     */
    @Override
    protected ReasoningRequest request() {
        return ReasoningRequest.builder(List.of(Message.user("What is a lamp made of?")))
                .build();
    }

    @Override
    final ModelProfile profile() {
        return adapter().profile();
    }

    @Override
    final ReasoningResult call(ReasoningRequest request, CallContext call) throws InterruptedException {
        return adapter().reason(request, call);
    }

    @Test
    void answersAndSaysWhoAnswered() throws InterruptedException {
        ReasoningResult result = ask(request());
        assertThat(result.text()).isNotBlank();
        assertThat(result.servedBy()).isNotBlank();
        assertThat(result.warnings()).isEmpty();
        assertThat(result.usage().images()).isZero();
    }

    @Test
    void warnsOfAnOptionThatItDoesNotKnow() throws InterruptedException {
        ReasoningResult result =
                ask(request().toBuilder().putOptions(UNKNOWN, 7).build());
        assertThat(options(result.warnings())).containsExactly(UNKNOWN);
    }

    @Test
    void knowsBeforeTheCallWhatItWillNotHonour() throws InterruptedException {
        List<ReasoningRequest> requests = List.of(
                request(),
                request().toBuilder().seed(4711).build(),
                request().toBuilder().temperature(0.3).build(),
                request().toBuilder().maxOutputTokens(64).build(),
                request().toBuilder().thinkingTokens(512).build(),
                request().toBuilder().seed(4711).putOptions(UNKNOWN, 7).build());
        for (ReasoningRequest request : requests) {
            assertThat(ask(request).warnings())
                    .as("warnings of the answer to %s", request)
                    .containsExactlyInAnyOrderElementsOf(adapter().unsupported(request));
        }
    }

    @Test
    void readsAPictureOrSaysThatItDoesNot() throws InterruptedException {
        ImageBytes picture = FakePicture.of(new PixelSize(64, 64), 0xB08040);
        assertReadOrSaidSo(new MessagePart.Picture(picture), profile().readsPictures());
    }

    @Test
    void readsAPdfOrSaysThatItDoesNot() throws InterruptedException {
        byte[] pdf = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        assertReadOrSaidSo(MessagePart.Pdf.of(pdf), profile().readsPdf());
    }

    /** A model that reads a part answers without a word; another one refuses at no cost, or warns that it did not look. */
    private void assertReadOrSaidSo(MessagePart part, boolean reads) throws InterruptedException {
        List<Message> messages = new ArrayList<>(request().messages());
        messages.add(new Message(Message.Role.USER, List.of(new MessagePart.Text("What is this?"), part)));
        ReasoningRequest request = request().toBuilder().messages(messages).build();
        if (reads) {
            assertThat(ask(request).warnings()).isEmpty();
            return;
        }
        Throwable thrown = catchThrowable(
                () -> assertThat(ask(request).warnings()).as("warnings").isNotEmpty());
        if (thrown != null) {
            assertThat(thrown).isInstanceOfSatisfying(ModelException.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST);
                assertThat(refusal.billed()).isIn(Billed.NOT_SENT, Billed.REJECTED);
            });
        }
    }
}
