/** What users of Pictor test with: a server that fails on demand, and the tests that every adapter passes. */
module dev.pictor.testkit {
    requires org.assertj.core;
    requires transitive dev.pictor.core;
    requires transitive org.jspecify;
    requires transitive org.junit.jupiter.api;
    requires static com.google.errorprone.annotations;

    exports dev.pictor.testkit;
}
