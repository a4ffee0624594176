package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.testkit.HttpImageModel;
import dev.pictor.testkit.TestCallContext;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Each contract finds out an adapter that has a bad habit. */
class WireContractTest {

    private static final Queue<AutoCloseable> LEFT_OPEN = new ConcurrentLinkedQueue<>();
    private static Habit habit = Habit.LOSES_THE_REASON;
    private static boolean atWork;

    /** Careless adapters are for this test alone, also where a filter on names finds them. */
    static boolean isAtWork() {
        return atWork;
    }

    @AfterEach
    void closeWhatWasLeftOpen() throws Exception {
        for (AutoCloseable open = LEFT_OPEN.poll(); open != null; open = LEFT_OPEN.poll()) {
            open.close();
        }
    }

    /** What an adapter does to the calls of an honest one. */
    enum Habit {
        ASKS_AGAIN("tellsWhatAnErrorOfTheVendorMeans") {
            @Override
            <R> R call(Honest<R> honest, CallContext call) throws InterruptedException {
                try {
                    return honest.call(call);
                } catch (ModelException e) {
                    return honest.call(call);
                }
            }
        },
        IGNORES_A_CANCELLED_CALL("doesNothingForACallThatIsCancelledAlready") {
            @Override
            <R> R call(Honest<R> honest, CallContext call) throws InterruptedException {
                return unbounded(honest);
            }
        },
        IGNORES_THE_DEADLINE("doesNothingForACallWhoseTimeIsUp") {
            @Override
            <R> R call(Honest<R> honest, CallContext call) throws InterruptedException {
                return unbounded(honest);
            }
        },
        SWALLOWS_AN_INTERRUPTION("endsAHangingCallAndClosesItsConnection") {
            @Override
            <R> R call(Honest<R> honest, CallContext call) {
                try {
                    return honest.call(call);
                } catch (InterruptedException e) {
                    throw failure("was interrupted");
                }
            }
        },
        LOSES_THE_REASON("takesAnAnswerThatCannotBeReadForAFailure") {
            @Override
            <R> R call(Honest<R> honest, CallContext call) throws InterruptedException {
                try {
                    return honest.call(call);
                } catch (ModelException e) {
                    throw failure("failed");
                }
            }
        },
        TELLS_THE_KEY("keepsAWrongKeyOutOfWhatItThrows") {
            @Override
            <R> R call(Honest<R> honest, CallContext call) throws InterruptedException {
                try {
                    return honest.call(call);
                } catch (ModelException e) {
                    throw new ModelException(ModelFailure.builder(
                                    e.modelId(),
                                    e.reason(),
                                    e.billed(),
                                    e.modelId() + " said: " + e.vendorMessage().orElse("") + WireBench.KEY)
                            .build());
                }
            }
        },
        STAYS_OPEN("endsItsCallsWhenItIsClosed") {
            @Override
            <R> R call(Honest<R> honest, CallContext call) throws InterruptedException {
                return honest.call(call);
            }
        };

        private final String rule;

        Habit(String rule) {
            this.rule = rule;
        }

        abstract <R> R call(Honest<R> honest, CallContext call) throws InterruptedException;

        private static <R> R unbounded(Honest<R> honest) throws InterruptedException {
            try (TestCallContext call = TestCallContext.unbounded()) {
                return honest.call(call);
            }
        }

        private static ModelException failure(String what) {
            return new ModelException(
                    ModelFailure.builder("careless-1", Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME, "careless-1 " + what)
                            .build());
        }
    }

    /** A call of an honest adapter. */
    interface Honest<R> {
        R call(CallContext call) throws InterruptedException;
    }

    static Stream<Arguments> cases() {
        return Stream.of(Images.class, Words.class, Vectors.class, Cutouts.class)
                .flatMap(contract -> Arrays.stream(Habit.values()).map(habit -> Arguments.of(contract, habit)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void findsOutAnAdapterThat(Class<?> contract, Habit bad) {
        habit = bad;
        assertThat(failures(contract, bad.rule)).isPositive();
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void findsOutAnAdapterThatSwallowsARefusal(Class<?> contract) {
        habit = Habit.LOSES_THE_REASON;
        assertThat(failures(contract, "tellsInWhichWayTheModelDeclined")).isEqualTo(refusals(contract));
    }

    static Stream<Class<?>> refusing() {
        return Stream.of(Images.class, Words.class);
    }

    private static int refusals(Class<?> contract) {
        return (contract == Images.class ? OpenAiWire.images() : OpenAiWire.chat())
                .refusals()
                .size();
    }

    private static long failures(Class<?> contract, String method) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(contract, method))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                .build();
        atWork = true;
        try {
            LauncherFactory.create().execute(request, listener);
        } finally {
            atWork = false;
        }
        assertThat(listener.getSummary().getTestsStartedCount()).isPositive();
        return listener.getSummary().getTestsFailedCount();
    }

    /** Closes the honest adapter, or pretends to. */
    private abstract static class Careless implements AutoCloseable {

        private final AutoCloseable honest;
        private final Habit habit = WireContractTest.habit;

        Careless(AutoCloseable honest) {
            this.honest = honest;
        }

        final <R> R call(Honest<R> call, CallContext context) throws InterruptedException {
            return habit.call(call, context);
        }

        @Override
        public void close() throws Exception {
            if (habit == Habit.STAYS_OPEN) {
                LEFT_OPEN.add(honest);
            } else {
                honest.close();
            }
        }
    }

    @EnabledIf("dev.pictor.testkit.wire.WireContractTest#isAtWork")
    static class Images extends WireImageModelAdapterContract {

        @Override
        public ImageWire wire() {
            return OpenAiWire.images();
        }

        @Override
        public ImageModelAdapter adapter(URI server, String key) {
            HttpImageModel honest = HttpImageModel.to(server).apiKey(key);
            class Adapter extends Careless implements ImageModelAdapter {
                Adapter() {
                    super(honest);
                }

                @Override
                public ModelProfile profile() {
                    return honest.profile();
                }

                @Override
                public List<OptionWarning> unsupported(ImageRequest request) {
                    return honest.unsupported(request);
                }

                @Override
                public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                    return call(context -> honest.generate(request, context), call);
                }
            }
            return new Adapter();
        }
    }

    @EnabledIf("dev.pictor.testkit.wire.WireContractTest#isAtWork")
    static class Words extends WireReasoningModelAdapterContract {

        @Override
        public ReasoningWire wire() {
            return OpenAiWire.chat();
        }

        @Override
        public ReasoningModelAdapter adapter(URI server, String key) {
            ChatModel honest = new ChatModel(server, key);
            class Adapter extends Careless implements ReasoningModelAdapter {
                Adapter() {
                    super(honest);
                }

                @Override
                public ModelProfile profile() {
                    return honest.profile();
                }

                @Override
                public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
                    return call(context -> honest.reason(request, context), call);
                }
            }
            return new Adapter();
        }
    }

    @EnabledIf("dev.pictor.testkit.wire.WireContractTest#isAtWork")
    static class Vectors extends WireEmbeddingModelAdapterContract {

        @Override
        public EmbeddingWire wire() {
            return OpenAiWire.embeddings(3);
        }

        @Override
        public EmbeddingModelAdapter adapter(URI server, String key) {
            VectorModel honest = new VectorModel(server, key);
            class Adapter extends Careless implements EmbeddingModelAdapter {
                Adapter() {
                    super(honest);
                }

                @Override
                public ModelProfile profile() {
                    return honest.profile();
                }

                @Override
                public EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException {
                    return call(context -> honest.embed(request, context), call);
                }
            }
            return new Adapter();
        }
    }

    @EnabledIf("dev.pictor.testkit.wire.WireContractTest#isAtWork")
    static class Cutouts extends WireBackgroundRemoverContract {

        @Override
        public CutoutWire wire() {
            return CutoutWire.removeBg();
        }

        @Override
        public BackgroundRemover adapter(URI server, String key) {
            CutModel honest = new CutModel(server, key);
            class Adapter extends Careless implements BackgroundRemover {
                Adapter() {
                    super(honest);
                }

                @Override
                public ModelProfile profile() {
                    return honest.profile();
                }

                @Override
                public BackgroundRemovalResult remove(BackgroundRemovalRequest request, CallContext call)
                        throws InterruptedException {
                    return call(context -> honest.remove(request, context), call);
                }
            }
            return new Adapter();
        }
    }
}
