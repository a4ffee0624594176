package dev.pictor.testkit.recording;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test method a {@link Cassette}: the runs it starts are recorded in a folder the first time, with calls to the
 * models, and replayed from then on, without any. To record anew, delete the folder or set the system property {@code
 * pictor.record} to {@code true}.
 *
 * <p>It tests a pipeline: stages, prompts and what they make of answers. To test how an adapter speaks with its vendor,
 * record the exchanges over HTTP with {@link HttpRecording}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CassetteExtension.class)
public @interface RunCassette {

    /**
     * The folder, which is for this test alone.
     *
     * @return a path, from where the tests are started
     */
    String value();
}
