package dev.pictor.image;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files chunk by chunk, sound and unsound, of every colour type. */
final class PngWriter {

    /** Gives the sample of a channel at a pixel, 0 to the largest that the bit depth allows. */
    interface Samples {
        int at(int x, int y, int channel);
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int width;
    private final int height;
    private final int bitDepth;
    private final int channels;
    private boolean interlaced;

    PngWriter(int width, int height, int bitDepth, int colorType, boolean interlaced) {
        this.width = width;
        this.height = height;
        this.bitDepth = bitDepth;
        this.interlaced = interlaced;
        this.channels = switch (colorType) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            default -> 4;
        };
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) bitDepth).put((byte) colorType).put((byte) 0).put((byte) 0);
        chunk("IHDR", header.put((byte) (interlaced ? 1 : 0)).array());
    }

    @CanIgnoreReturnValue
    PngWriter chunk(String type, byte[] data) {
        return chunk(type, data, 0);
    }

    @CanIgnoreReturnValue
    PngWriter chunk(String type, byte[] data, int crcError) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(
                ByteBuffer.allocate(4).putInt((int) crc.getValue() + crcError).array());
        return this;
    }

    /** Writes the picture data, filter by filter in turn, in one chunk. */
    @CanIgnoreReturnValue
    PngWriter data(Samples samples) {
        return chunk("IDAT", deflated(filtered(samples)));
    }

    byte[] end() {
        chunk("IEND", new byte[0]);
        return bytes();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    static byte[] deflated(byte[] data) {
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(zlib, new Deflater(6))) {
            deflater.write(data);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return zlib.toByteArray();
    }

    /** Returns the rows as they are before deflating. */
    byte[] filtered(Samples samples) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        if (!interlaced) {
            pass(samples, 0, 0, 1, 1, rows);
        } else {
            int[][] passes = {
                {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
            };
            for (int[] pass : passes) {
                pass(samples, pass[0], pass[1], pass[2], pass[3], rows);
            }
        }
        return rows.toByteArray();
    }

    private void pass(Samples samples, int left, int top, int across, int down, ByteArrayOutputStream rows) {
        int columns = (width - left + across - 1) / across;
        if (columns <= 0) {
            return;
        }
        int bytes = (columns * channels * bitDepth + 7) / 8;
        int step = Math.max(1, channels * bitDepth / 8);
        byte[] above = new byte[bytes];
        int filter = 0;
        for (int y = top; y < height; y += down) {
            byte[] row = new byte[bytes];
            for (int i = 0; i < columns; i++) {
                for (int channel = 0; channel < channels; channel++) {
                    put(row, i * channels + channel, samples.at(left + i * across, y, channel));
                }
            }
            rows.write(filter);
            for (int i = 0; i < bytes; i++) {
                int a = i < step ? 0 : row[i - step] & 0xFF;
                int b = above[i] & 0xFF;
                int c = i < step ? 0 : above[i - step] & 0xFF;
                int predicted = switch (filter) {
                    case 0 -> 0;
                    case 1 -> a;
                    case 2 -> b;
                    case 3 -> (a + b) / 2;
                    default -> paeth(a, b, c);
                };
                rows.write(row[i] - predicted);
            }
            above = row;
            filter = (filter + 1) % 5;
        }
    }

    private static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private void put(byte[] row, int index, int sample) {
        if (bitDepth == 16) {
            row[2 * index] = (byte) (sample >> 8);
            row[2 * index + 1] = (byte) sample;
        } else if (bitDepth == 8) {
            row[index] = (byte) sample;
        } else {
            int bit = index * bitDepth;
            row[bit / 8] |= (byte) (sample << (8 - bitDepth - bit % 8));
        }
    }
}
