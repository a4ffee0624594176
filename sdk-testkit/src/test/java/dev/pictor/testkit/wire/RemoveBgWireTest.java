package dev.pictor.testkit.wire;

import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.ModelFailure.Reason;
import java.net.URI;

class RemoveBgWireTest extends WireBackgroundRemoverContract {

    @Override
    public CutoutWire wire() {
        return CutoutWire.removeBg();
    }

    @Override
    public BackgroundRemover adapter(URI server, String key) {
        return new CutModel(server, key);
    }

    @Override
    public Reason expectedReason(int status) {
        return status == 403 ? Reason.UNAUTHORIZED : super.expectedReason(status);
    }
}
