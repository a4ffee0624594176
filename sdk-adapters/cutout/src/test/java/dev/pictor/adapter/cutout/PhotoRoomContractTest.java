package dev.pictor.adapter.cutout;

import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.testkit.wire.CutoutWire;
import dev.pictor.testkit.wire.WireBackgroundRemoverContract;
import java.net.URI;

class PhotoRoomContractTest extends WireBackgroundRemoverContract {

    @Override
    public CutoutWire wire() {
        return CutoutWire.photoRoom();
    }

    @Override
    public BackgroundRemover adapter(URI server, String key) {
        return PhotoRoomRemover.builder(key).baseUrl(server).build();
    }

    /** Both services answer 403 where the key is missing or wrong. */
    @Override
    public Reason expectedReason(int status) {
        return status == 403 ? Reason.UNAUTHORIZED : super.expectedReason(status);
    }
}
