package dev.pictor.testkit.recording;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test method a vendor as a parameter of type {@link RecordedServer}: a recording that is played back. Where the
 * system property {@code pictor.record} is {@code true} it is recorded anew, which takes an address of the real vendor:
 * {@link #upstream()}, or before it the system property {@code pictor.record.upstream}. No build sets these.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(HttpRecordingExtension.class)
public @interface HttpRecording {

    /**
     * The recording's folder.
     *
     * @return a path from the module's folder, such as {@code src/test/recordings/lamp}
     */
    String value();

    /**
     * The vendor's real address, for recording. Default: none, with which it cannot be recorded.
     *
     * @return such as {@code https://api.openai.com}
     */
    String upstream() default "";

    /**
     * Names of environment variables whose values must not be kept. Default: none but what {@link HttpRecorder} knows.
     *
     * @return names; those that are not set are passed over
     */
    String[] secretVariables() default {};
}
