package dev.pictor.adapter.cutout;

/** Builds a {@link PhotoRoomRemover}. Not thread-safe. */
public final class PhotoRoomRemoverBuilder extends ServiceBuilder<PhotoRoomRemoverBuilder> {

    PhotoRoomRemoverBuilder(String apiKey) {
        super(apiKey, "photoroom-segment-1", ServiceTerms.PHOTOROOM);
    }

    @Override
    PhotoRoomRemoverBuilder self() {
        return this;
    }

    /**
     * Builds the remover. Nothing is sent, and the environment is not read.
     *
     * @return the remover, to be closed by the caller
     */
    public PhotoRoomRemover build() {
        return new PhotoRoomRemover(new CutoutService(ServiceTerms.PHOTOROOM, this));
    }
}
