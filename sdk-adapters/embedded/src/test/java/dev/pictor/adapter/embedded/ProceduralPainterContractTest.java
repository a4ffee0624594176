package dev.pictor.adapter.embedded;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.ImageModelAdapterContract;

class ProceduralPainterContractTest extends ImageModelAdapterContract {

    @Override
    protected ImageModelAdapter adapter() {
        return new ProceduralPainter();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.builder("a red chair").build();
    }
}
