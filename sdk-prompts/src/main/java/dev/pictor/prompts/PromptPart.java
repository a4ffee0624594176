package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A piece of a message: text, a medium or a section. Immutable. The string form shows no content. */
public sealed interface PromptPart {

    /**
     * Words.
     *
     * @param text what is said
     */
    record Text(String text) implements PromptPart {
        /** Checks that there is text. */
        public Text {
            requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /** A picture or another medium, by its address. */
    final class Media implements PromptPart {

        private final String url;
        private final String contentType;

        private Media(String url, String contentType) {
            this.url = requireNonNull(url, "url");
            this.contentType = requireNonNull(contentType, "contentType");
        }

        /**
         * Returns a medium of unstated type.
         *
         * @param url where it is: a web address or a data URL
         * @return the part
         */
        public static Media of(String url) {
            return new Media(url, "");
        }

        /**
         * Returns a medium.
         *
         * @param url where it is: a web address or a data URL
         * @param contentType its media type, such as {@code image/png}
         * @return the part
         */
        public static Media of(String url, String contentType) {
            return new Media(url, contentType);
        }

        /**
         * Returns where it is. Rendering lets through neither blanks nor control characters, and checks nothing else.
         *
         * @return a web address or a data URL
         */
        public String url() {
            return url;
        }

        /**
         * Returns its media type.
         *
         * @return such as {@code image/png}, or empty if the template does not say
         */
        public Optional<String> contentType() {
            return contentType.isEmpty() ? Optional.empty() : Optional.of(contentType);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Media that && url.equals(that.url) && contentType.equals(that.contentType);
        }

        @Override
        public int hashCode() {
            return Objects.hash(url, contentType);
        }

        @Override
        public String toString() {
            return "Media[" + url.length() + " characters]";
        }
    }

    /**
     * A place that the program fills in before it calls a model, or leaves out.
     *
     * @param name what belongs there: letters, digits, {@code _}, {@code .} and {@code -}
     */
    record Section(String name) implements PromptPart {
        /** Checks that there is a name. */
        public Section {
            requireNonNull(name, "name");
        }
    }
}
