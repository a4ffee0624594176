/** What users of Pictor test with: fake models, faults, contracts that every implementation passes, trace assertions. */
module dev.pictor.testkit {
    requires com.fasterxml.jackson.databind;
    requires transitive dev.pictor.core;
    requires transitive org.assertj.core;
    requires transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    requires static com.google.errorprone.annotations;

    exports dev.pictor.testkit;
    exports dev.pictor.testkit.recording;
    exports dev.pictor.testkit.wire;
}
