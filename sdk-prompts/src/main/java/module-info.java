/** Prompts as files: the dotprompt format, rendering and a registry. */
module dev.pictor.prompts {
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.github.jknack.handlebars;
    requires com.networknt.schema;
    requires org.yaml.snakeyaml;
    requires transitive org.jspecify;
    requires static com.google.errorprone.annotations;
    requires static java.compiler;
    requires static org.immutables.value.annotations;

    exports dev.pictor.prompts;
}
