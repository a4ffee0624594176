package dev.pictor.docs;

import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.ImageModelAdapterContract;

// @start region="contract"
class FlatColourAdapterTest extends ImageModelAdapterContract {

    @Override
    protected ImageModelAdapter adapter() {
        return new FlatColourAdapter();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.builder("a quiet blue").build();
    }
}
// @end
