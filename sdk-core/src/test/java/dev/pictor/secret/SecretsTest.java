package dev.pictor.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String KEY = "k3y/with\"odd+signs";

    private final Secrets secrets = Secrets.of("__X__", List.of(KEY));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIzaSyA1234567890abcdefghijklmnopqrstuv",
                "sk-proj-abcdefgh1234567890",
                "sk-ant-api03-abcdefgh12345678",
                "xai-abcdefghijklmnop1234567890",
                "r8_abcdefghijklmnop1234567890",
                "hf_abcdefghijklmnop1234567890",
                "ghp_abcdefghijklmnopqrstuvwxyz123456",
                "xoxb-1234567890-abc",
                "AKIAIOSFODNN7EXAMPLE",
                "ya29.a0AfH6SMBx1234567890abc",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"
            })
    void knowsWhatKeysLookLike(String key) {
        EnumSet<SecretRule> found = EnumSet.noneOf(SecretRule.class);

        assertThat(secrets.hide("see " + key + ", thanks", found)).isEqualTo("see __X__, thanks");
        assertThat(found).containsExactly(SecretRule.SHAPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"api_key\": \"hidden1\", \"n\": 1}",
                "{\"apiKey\":\"hidden1\"}",
                "{\\\"password\\\":\\\"hidden1\\\"}",
                "{\"authorization\":[\"Bearer hidden1\"]}",
                "https://user:hidden1@example.com/a",
                "https://example.com/a?key=hidden1&alt=json",
                "https://example.com/a?X-Amz-Signature=hidden1#part",
                "grant=1&client_secret=hidden1",
                "Authorization: Bearer hidden1",
                "Authorization: Basic hidden1",
                "x-goog-api-key: hidden1",
                "Set-Cookie: sid=hidden1; Path=/",
                "cannot log in with password=hidden1, sorry",
                "'token': 'hidden1'"
            })
    void knowsTheNamesThatCredentialsGoBy(String text) {
        EnumSet<SecretRule> found = EnumSet.noneOf(SecretRule.class);

        assertThat(secrets.hide(text, found)).doesNotContain("hidden1").contains("__X__");
        assertThat(found).containsExactly(SecretRule.NAME);
        assertThat(secrets.hide(secrets.hide(text))).isEqualTo(secrets.hide(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a jar with a label, Cookie: oats and chocolate",
                "token: a brass coin from 1920, the secret: patina",
                "key: low, mood: calm, key=low",
                "a flag bearer standing in front of 12345678 people",
                "task-oriented, risk-1234567890abcdefgh, desk-lamp",
                "{\"max_tokens\": 5, \"key\": \"value\", \"input_tokens\": 7}",
                "https://example.com/a?page=2&size=10 and me@example.com",
                ""
            })
    void leavesPlainWordsAsTheyAre(String text) {
        assertThat(secrets.hide(text)).isSameAs(text);
    }

    @Test
    void findsValuesAsTheyStandInUrlsAndJson() {
        assertThat(secrets.hide("a " + KEY + " b")).isEqualTo("a __X__ b");
        assertThat(secrets.hide("?q=k3y%2Fwith%22odd%2Bsigns")).isEqualTo("?q=__X__");
        assertThat(secrets.hide("{\"a\":\"k3y\\/with\\\"odd+signs\"}")).isEqualTo("{\"a\":\"__X__\"}");
        assertThat(secrets.and(List.of("another")).hide("another " + KEY)).isEqualTo("__X__ __X__");
    }

    @Test
    void hidesTheBeginningOfAValueWhereATextWasCutOff() {
        assertThat(secrets.hideCut("so it is k3y/wi")).isEqualTo("so it is __X__");
    }

    @Test
    void hidesHeadersByNameAndByValue() {
        assertThat(secrets.hideHeaders(Map.of("X-Api-Key", List.of("a"), "X-Echo", List.of("is " + KEY))))
                .containsOnly(Map.entry("x-api-key", List.of("__X__")), Map.entry("x-echo", List.of("is __X__")));
    }

    @Test
    void hidesUserAndSignatureOfAUrl() {
        assertThat(secrets.hide(URI.create("https://me:pw@example.com/a?sig=abc&n=1")))
                .isEqualTo("https://__X__@example.com/a?sig=__X__&n=1");
    }

    @Test
    void takesMoreNames() {
        Secrets more = Secrets.of("__X__", List.of(), Set.of("X_Pin"), Set.of("pin"));

        assertThat(more.isSecretName("x-pin")).isTrue();
        assertThat(more.hide("/a?pin=1234")).isEqualTo("/a?pin=__X__");
        assertThat(more.hide("{\"x_pin\":\"1234\"}")).isEqualTo("{\"x_pin\":\"__X__\"}");
    }
}
