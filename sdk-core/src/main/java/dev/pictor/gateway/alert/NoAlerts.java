package dev.pictor.gateway.alert;

import java.util.List;

/** Nothing is ever wrong. */
enum NoAlerts implements Alerts {
    NONE;

    @Override
    public void observeModel(String subject, ModelFigures figures) {}

    @Override
    public void observeBudget(String subject, double shareUsed) {}

    @Override
    public List<Alert> raised() {
        return List.of();
    }
}
