package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.adapter.local.ServerProfile.Endpoint;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerProfileTest {

    static java.util.List<ServerProfile> all() {
        return ServerProfile.builtIn();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachNamesItsSourcesAndTheirDay(ServerProfile profile) {
        assertThat(profile.sources()).isNotEmpty();
        assertThat(LocalDate.parse(profile.checked())).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(profile.note()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachListsItsModelsAndDoesSomethingElse(ServerProfile profile) {
        assertThat(profile.endpoints()).contains(Endpoint.MODELS).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachDrawsAfterPicturesIfItHasEdits(ServerProfile profile) {
        assertThat(profile.maxReferences() > 0).isEqualTo(profile.endpoints().contains(Endpoint.EDITS));
        assertThat(profile.pictureFormats()).isNotEmpty();
    }

    @Test
    void haveDifferentNames() {
        assertThat(ServerProfile.builtIn()).extracting(ServerProfile::name).doesNotHaveDuplicates();
    }

    @Test
    void areFoundByName() {
        assertThat(ServerProfile.named("ollama")).isEqualTo(ServerProfile.ollama());
        assertThatThrownBy(() -> ServerProfile.named("olama"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("server profile must be one of [ollama, lmstudio, openai,")
                .hasMessageEndingWith(", was olama");
    }

    @Test
    void areFreeWhereNobodyAsksForMoney() {
        assertThat(ServerProfile.ollama().isFree()).isTrue();
        assertThat(ServerProfile.openAi().isFree()).isFalse();
        assertThat(ServerProfile.compatible().isFree()).isFalse();
    }

    @Test
    void mayBeMadeForOtherServers() {
        ServerProfile own = ServerProfile.compatible().toBuilder()
                .name("mine")
                .title("My server")
                .addEndpoints(Endpoint.CHAT)
                .build();

        assertThat(own.title()).isEqualTo("My server");
        assertThatThrownBy(() -> own.toBuilder().maxCount(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxReferences must be 0 or more and maxCount 1 or more, were 4 and 0");
        assertThatThrownBy(() -> own.toBuilder().sizeStepPx(0).build()).isInstanceOf(IllegalArgumentException.class);
    }
}
