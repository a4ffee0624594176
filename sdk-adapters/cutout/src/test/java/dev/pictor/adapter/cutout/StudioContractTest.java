package dev.pictor.adapter.cutout;

import dev.pictor.model.BackgroundRemover;
import dev.pictor.testkit.BackgroundRemoverContract;

class StudioContractTest extends BackgroundRemoverContract {

    @Override
    protected BackgroundRemover remover() {
        return StudioBackgroundRemover.create();
    }
}
