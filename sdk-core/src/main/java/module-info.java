/** The engine of Pictor: pictures, model SPI, traces, pipelines, the gateway and the Generation pipeline. */
module dev.pictor.core {
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires com.github.benmanes.caffeine;
    requires com.github.f4b6a3.ulid;
    requires org.slf4j;
    requires transitive dev.pictor.prompts;
    requires transitive java.desktop;
    requires transitive java.net.http;
    requires transitive org.jspecify;
    requires static com.google.errorprone.annotations;
    requires static java.compiler;
    requires static org.immutables.value.annotations;

    exports dev.pictor;
    exports dev.pictor.catalogue;
    exports dev.pictor.error;
    exports dev.pictor.feedback;
    exports dev.pictor.gateway;
    exports dev.pictor.gateway.alert;
    exports dev.pictor.gateway.budget;
    exports dev.pictor.gateway.cache;
    exports dev.pictor.gateway.price;
    exports dev.pictor.gateway.resilience;
    exports dev.pictor.gateway.routing;
    exports dev.pictor.gateway.semantic;
    exports dev.pictor.generation;
    exports dev.pictor.image;
    exports dev.pictor.image.batch;
    exports dev.pictor.image.color;
    exports dev.pictor.image.fetch;
    exports dev.pictor.image.measure;
    exports dev.pictor.intent;
    exports dev.pictor.model;
    exports dev.pictor.model.http;
    exports dev.pictor.pipeline;
    exports dev.pictor.replay;
    exports dev.pictor.secret;
    exports dev.pictor.time;
    exports dev.pictor.trace;
}
