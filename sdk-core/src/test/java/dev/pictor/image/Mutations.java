package dev.pictor.image;

import static dev.pictor.image.FuzzSeeds.concat;
import static dev.pictor.image.FuzzSeeds.slice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Breaks files, at random and where it hurts. The same seed breaks the same file in the same way. */
final class Mutations {

    private static final int PNG_START = 0x89504E47;
    private static final int RIFF_START = 0x52494646;
    private static final int[] NASTY = {0, 1, -1, 0x7F, 0x80, 0x7FFF, 0xFFFF, 0x8000, 0x7FFFFFFF, 0x80000000, 0xFFFF0000
    };

    private final Random random;
    private byte[] bytes;

    private Mutations(byte[] bytes, long seed) {
        this.random = new Random(seed);
        this.bytes = bytes.clone();
    }

    /**
     * Breaks a file in one to four places.
     *
     * @param file left as it is
     * @param other parts of it may be put in
     * @param seed decides how
     * @return new bytes
     */
    static byte[] mutated(byte[] file, byte[] other, long seed) {
        Mutations mutations = new Mutations(file, seed);
        int times = 1 + mutations.random.nextInt(4);
        for (int i = 0; i < times; i++) {
            mutations.mutate(other);
        }
        if (mutations.random.nextInt(4) > 0) {
            mutations.mendPngChecksums();
        }
        return mutations.bytes;
    }

    private void mutate(byte[] other) {
        if (bytes.length < 2) {
            bytes = other.clone();
        }
        switch (random.nextInt(12)) {
            case 0 -> bytes[at()] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at()] = (byte) random.nextInt(256);
            case 2 -> bytes[headAt()] = (byte) random.nextInt(256);
            case 3 -> nasty(headAt());
            case 4 -> nasty(at());
            case 5 -> noise();
            case 6 -> bytes = slice(bytes, 0, at());
            case 7 -> duplicate();
            case 8 -> remove();
            case 9 -> splice(other);
            case 10 -> mutateLength();
            default -> mutateType();
        }
    }

    private int at() {
        return random.nextInt(bytes.length);
    }

    /** Headers are short and matter most. */
    private int headAt() {
        return random.nextInt(Math.min(bytes.length, 64));
    }

    private void nasty(int at) {
        int value = NASTY[random.nextInt(NASTY.length)];
        int length = Math.min(1 << random.nextInt(3), bytes.length - at);
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) (value >> (8 * i));
        }
    }

    private void noise() {
        int from = at();
        int to = Math.min(bytes.length, from + 1 + random.nextInt(32));
        for (int i = from; i < to; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
    }

    private void duplicate() {
        int from = partOrAnywhere();
        int to = from + random.nextInt(bytes.length - from + 1);
        int times = 1 + random.nextInt(3);
        byte[] part = slice(bytes, from, to);
        for (int i = 0; i < times && bytes.length < 1 << 20; i++) {
            bytes = concat(concat(slice(bytes, 0, from), part), slice(bytes, from, bytes.length));
        }
    }

    private void remove() {
        int from = partOrAnywhere();
        int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
        bytes = concat(slice(bytes, 0, from), slice(bytes, to, bytes.length));
    }

    private void splice(byte[] other) {
        int from = random.nextInt(other.length);
        int to = from + random.nextInt(Math.min(4096, other.length - from) + 1);
        int at = partOrAnywhere();
        bytes = concat(concat(slice(bytes, 0, at), slice(other, from, to)), slice(bytes, at, bytes.length));
    }

    private void mutateLength() {
        List<Integer> parts = parts();
        if (parts.isEmpty()) {
            return;
        }
        int part = parts.get(random.nextInt(parts.size()));
        int value = random.nextBoolean() ? NASTY[random.nextInt(NASTY.length)] : random.nextInt(300);
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (starts(PNG_START)) {
            file.putInt(part, value);
        } else if (starts(RIFF_START)) {
            file.order(ByteOrder.LITTLE_ENDIAN).putInt(part + 4, value);
        } else {
            file.putShort(part + 2, (short) value);
        }
    }

    private void mutateType() {
        List<Integer> parts = parts();
        if (parts.isEmpty()) {
            return;
        }
        int part = parts.get(random.nextInt(parts.size()));
        int like = parts.get(random.nextInt(parts.size()));
        if (starts(PNG_START)) {
            System.arraycopy(bytes, like + 4, bytes, part + 4, 4);
        } else if (starts(RIFF_START)) {
            System.arraycopy(bytes, like, bytes, part, 4);
        } else {
            bytes[part + 1] = (byte) (0xC0 + random.nextInt(0x3F));
        }
    }

    private int partOrAnywhere() {
        List<Integer> parts = parts();
        return parts.isEmpty() || random.nextBoolean() ? at() : parts.get(random.nextInt(parts.size()));
    }

    /** Returns where chunks or segments begin, each with at least eight bytes behind. */
    private List<Integer> parts() {
        List<Integer> parts = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (starts(PNG_START)) {
            for (long at = 8; at <= bytes.length - 8; at += 12L + Math.max(0, file.getInt((int) at))) {
                parts.add((int) at);
            }
        } else if (starts(RIFF_START)) {
            file.order(ByteOrder.LITTLE_ENDIAN);
            for (long at = 12; at <= bytes.length - 8; ) {
                parts.add((int) at);
                int length = Math.max(0, file.getInt((int) at + 4));
                at += 8L + length + (length & 1);
            }
        } else {
            for (int at = 0; at <= bytes.length - 8; at++) {
                if (bytes[at] == (byte) 0xFF && (bytes[at + 1] & 0xFF) >= 0xC0 && bytes[at + 1] != (byte) 0xFF) {
                    parts.add(at);
                }
            }
        }
        return parts;
    }

    private boolean starts(int magic) {
        return bytes.length >= 4 && ByteBuffer.wrap(bytes).getInt(0) == magic;
    }

    /** A wrong checksum would hide what else is wrong. */
    private void mendPngChecksums() {
        if (!starts(PNG_START)) {
            return;
        }
        ByteBuffer file = ByteBuffer.wrap(bytes);
        for (int at : parts()) {
            int length = file.getInt(at);
            if (length >= 0 && length <= bytes.length - at - 12) {
                file.putInt(at + 8 + length, PngFile.crc(file, at + 4, 4 + length));
            }
        }
    }
}
