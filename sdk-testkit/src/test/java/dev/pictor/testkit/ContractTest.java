package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.image.BareImage;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSink;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each rule of a contract finds out an implementation that breaks it. */
class ContractTest {

    private static void assertFoundOut(List<ThrowingCallable> rules) {
        for (int i = 0; i < rules.size(); i++) {
            assertThat(catchThrowable(rules.get(i))).as("rule %s", i).isNotNull();
        }
    }

    @Test
    void ofSinksFindsOutOneThatKeepsTheLastEventAlone() {
        List<TraceEvent> kept = Collections.synchronizedList(new ArrayList<>());
        TraceSinkContract contract = new TraceSinkContract() {
            @Override
            protected TraceSink sink() {
                return event -> {
                    kept.clear();
                    kept.add(TraceEvent.builder(event.runId(), event.type(), event.time())
                            .build());
                };
            }

            @Override
            protected List<TraceEvent> events(RunId runId) {
                return List.copyOf(kept);
            }
        };
        assertFoundOut(List.of(
                contract::givesEventsBackAsTheyWereAndInOrder,
                contract::keepsTypesAttributesAndContentThatNobodyKnows,
                contract::keepsRunsApart,
                contract::losesNothingOfManyThreadsAtOnce));
    }

    @Test
    void ofRunStoresFindsOutOneThatMakesThingsUp() {
        RunId invented = RunId.create();
        RunStoreContract contract = new RunStoreContract() {
            @Override
            protected RunStore store() {
                return new RunStore() {
                    @Override
                    public List<TraceEvent> events(RunId runId) {
                        return List.of(TraceEvent.builder(invented, "acme.tick", runId.createdAt())
                                .build());
                    }

                    @Override
                    public List<RunId> newest(int limit) {
                        return List.of(invented);
                    }
                };
            }

            @Override
            protected TraceSink sink() {
                return TraceSink.none();
            }
        };
        assertFoundOut(List.of(
                contract::hasNothingOfARunThatNobodyKnows,
                contract::findsARunAsItsEventsTellIt,
                contract::listsTheNewestRunsFirstWhateverTheOrderInWhichTheyCame,
                contract::refusesToListLessThanOneRun));
    }

    /** Begins anew each time, keeps one stage, forgets values that were withheld, and is never at an end. */
    @Test
    void ofJournalsFindsOutOneThatForgets() {
        Map<RunId, JournaledRun> runs = Collections.synchronizedMap(new HashMap<>());
        RunJournal forgetful = new RunJournal() {
            @Override
            public void begin(JournaledRun run) {
                runs.put(
                        run.runId(),
                        JournaledRun.builder(
                                        run.runId(),
                                        run.pipeline(),
                                        run.definition(),
                                        run.startedAt(),
                                        JournaledValue.of("x"))
                                .build());
            }

            @Override
            public void stageFinished(RunId runId, String stage, JournaledValue output) {
                JournaledRun run = Objects.requireNonNull(runs.get(runId));
                begin(run);
                runs.put(
                        runId,
                        JournaledRun.builder(runId, run.pipeline(), run.definition(), run.startedAt(), run.input())
                                .putStages(stage, JournaledValue.of("y"))
                                .build());
            }

            @Override
            public void end(RunId runId, boolean resumable) {}

            // whoever claims last has the key
            @Override
            public RunId claim(Sha256 key, RunId runId) {
                return runId;
            }

            @Override
            public Optional<JournaledRun> read(RunId runId) {
                return Optional.ofNullable(runs.get(runId))
                        .or(() -> runs.values().stream().findFirst());
            }
        };
        RunJournalContract contract = new RunJournalContract() {
            @Override
            protected RunJournal journal() {
                return forgetful;
            }

            @Override
            protected void reopen() {}
        };
        assertFoundOut(List.of(
                contract::givesBackWhatARunWasStartedWith,
                contract::hasNothingOfARunThatNobodyKnows,
                contract::givesBackTheOutputsOfFinishedStagesInTheirOrder,
                contract::keepsValuesThatAreEmptyAndThoseWithNothingInThem,
                contract::saysWhyAValueWasWithheld,
                contract::keepsWhatWasLessThanItCouldBe,
                contract::changesNothingWhenARunIsBegunAgain,
                contract::isFinishedWhenItIsOverForGoodAndOnlyThen,
                contract::losesNothingOfManyThreadsAtOnce,
                contract::givesAKeyToWhoeverClaimsItFirst,
                contract::givesAKeyToOneOfManyThreadsAtOnce,
                contract::claimsAKeyOnAThreadThatIsInterrupted));
    }

    /** Keeps the caller's own buffer under every name. */
    @Test
    void ofArtifactStoresFindsOutOneThatKeepsWhatItIsGiven() {
        List<ByteBuffer> kept = Collections.synchronizedList(new ArrayList<>(List.of(ByteBuffer.allocate(1))));
        ArtifactStoreContract contract = new ArtifactStoreContract() {
            @Override
            protected ArtifactStore store() {
                return new ArtifactStore() {
                    @Override
                    public void put(Sha256 sha256, ByteBuffer bytes) {
                        kept.set(0, bytes);
                        bytes.position(bytes.limit());
                    }

                    @Override
                    public Optional<ByteBuffer> get(Sha256 sha256) {
                        return Optional.of(kept.get(0));
                    }
                };
            }
        };
        assertFoundOut(List.of(
                contract::givesBackTheBytes,
                contract::isEmptyForBytesThatItDoesNotKeep,
                contract::keepsTheSameBytesOnce,
                contract::takesABufferFromPositionToLimitAndLeavesItAsItWas,
                contract::doesNotSeeWhatTheCallerDoesToItsArrayLater,
                contract::givesEachCallerAReadOnlyViewOfItsOwn,
                contract::namesAPictureByItsContent,
                contract::takesTheSameBytesFromManyThreadsAtOnce));
        ArtifactStoreContract empty = new ArtifactStoreContract() {
            @Override
            protected ArtifactStore store() {
                return ArtifactStore.none();
            }
        };
        assertFoundOut(List.of(empty::givesBackNoBytesAtAll, empty::givesBackTheBytes));
    }

    /** Delivers other pixels each time, an alpha that nobody asked for, a row too few that it warns of itself, and never stops. */
    @Test
    void ofImageCodecsFindsOutOneThatDrawsWhatItLikes() {
        ImageBytes sample = FakePicture.of(new PixelSize(9, 7), 0);
        AtomicInteger color = new AtomicInteger();
        ImageCodec careless = new ImageCodec() {
            @Override
            public boolean decodes(ImageHeader header) {
                return true;
            }

            @Override
            public Set<ImageFormat> encodes() {
                return Set.of(ImageFormat.PNG, ImageFormat.WEBP);
            }

            @Override
            public void decode(BareImage image, PixelSink sink) {
                PixelSize size = image.header().size();
                sink.begin(size, PixelLayout.RGBA);
                sink.warn(new ImageWarning(ImageWarning.Kind.TRUNCATED, "the last row is not there"));
                byte[] row = new byte[size.width() * 4];
                for (int y = 1; y < size.height(); y++) {
                    Arrays.fill(row, (byte) color.incrementAndGet());
                    try {
                        sink.row(row, 0);
                    } catch (CancellationException e) {
                        return;
                    }
                }
            }

            @Override
            public byte[] encode(Picture picture, Encoding encoding) {
                return sample.toByteArray();
            }
        };
        ImageCodecContract contract = new ImageCodecContract() {
            @Override
            protected ImageCodec codec() {
                return careless;
            }

            @Override
            protected List<CodecSample> samples() {
                Picture black = Picture.wrap(new PixelSize(9, 7), false, new byte[9 * 7 * 3]);
                return List.of(new CodecSample("plain", sample, black, 255));
            }
        };
        assertFoundOut(List.of(
                contract::deliversEachRowOnceFromTheTop,
                contract::deliversAlphaIfTheHeaderSpeaksOfIt,
                contract::refusesDamagedDataOrDeliversSomeRowsAndLeavesItToTheSinkToCountThem,
                contract::stopsAtOnceWhenTheSinkSaysSo,
                contract::givesTheSamePixelsToManyThreadsAtOnce,
                contract::readsBackWhatItWrites,
                contract::keepsEverySampleWhenItIsToldTo));
    }
}
