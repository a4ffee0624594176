package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.alert.Alert;
import dev.pictor.gateway.alert.AlertRules;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.pipeline.PipelineRunner;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway raises, and when it is over. */
@Timeout(60)
class GatewayAlertsTest {

    @Test
    void anAlertOfOneDaysBudgetIsClearedOnTheNext() {
        List<Alert.State> heard = new ArrayList<>();
        try (VirtualTime time = VirtualTime.create();
                PipelineRunner runner = PipelineRunner.builder().time(time).build();
                Gateway gateway = Gateway.builder(model("painter", "0.50"))
                        .budgets(Budgets.builder(MemoryLedger.create(time))
                                .add(Budget.usd("1").perDay(ZoneOffset.UTC))
                                .build())
                        .alerts(AlertRules.builder().budgetShare(0.9).build(), alert -> heard.add(alert.state()))
                        .pictureCheck(PictureCheck.none())
                        .time(time)
                        .build()) {
            draw(runner, gateway, "one");
            draw(runner, gateway, "two");
            assertThat(gateway.alerts()).hasSize(1);

            time.advance(Duration.ofDays(1));
            draw(runner, gateway, "three");

            assertThat(gateway.alerts()).isEmpty();
            assertThat(heard).containsExactly(Alert.State.RAISED, Alert.State.CLEARED);
        }
    }
}
