package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.routing.FallbackPolicy;
import dev.pictor.pipeline.PipelineRunner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which model is asked when the first choice may not be, and who says no. */
@Timeout(60)
class GatewayChoicesTest {

    private final VirtualTime time = VirtualTime.create();
    private final PipelineRunner runner = PipelineRunner.builder().time(time).build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final FakeImageModel first = model("first", "0.10");
    private final FakeImageModel second = model("second", "0.01");

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
        time.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).time(time).build();
        gateways.add(gateway);
        return gateway;
    }

    @Test
    @DisplayName("R16: who wants no other model gets none, whoever refused the first")
    void noFallbackIsNone() {
        Gateway gateway = open(Gateway.builder(first)
                .addImageModel(second)
                .fallback(FallbackPolicy.none())
                .budgets(Budgets.builder(MemoryLedger.create(time))
                        .add(Budget.usd("0.05"))
                        .build()));

        assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(BudgetExceededException.class);
        assertThat(second.requests()).isEmpty();
    }
}
