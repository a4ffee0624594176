package dev.pictor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8BytesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a red chair",
                "\u007f\u0080\u07ff\u0800\uffff",
                "\u7ea2\u8272\u6905\u5b50",
                "a \ud83e\ude91 chair",
                "half \ud83e",
                "\ude91 half",
                "\ud83e\ud83e\ude91"
            })
    void areAsManyAsAnEncoderWrites(String text) {
        assertThat(ModelCall.utf8Bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
}
