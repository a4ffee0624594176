package dev.pictor.gateway;

import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ReasoningRequest;

/** The changes that change nothing. */
enum NoCallChanges implements CallChanges {
    INSTANCE;

    @Override
    public ImageRequest change(String stage, ImageRequest request) {
        return request;
    }

    @Override
    public ReasoningRequest change(String stage, ReasoningRequest request) {
        return request;
    }

    @Override
    public BackgroundRemovalRequest change(String stage, BackgroundRemovalRequest request) {
        return request;
    }

    @Override
    public CallOptions change(String stage, CallOptions options) {
        return options;
    }
}
