package dev.pictor.trace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A disk that is full for a while: it takes half of what it is given. Not thread-safe. */
final class FailingDisk extends Disk {

    private final int from;
    private final int to;
    private final boolean refusesToCut;
    private int operations;
    private int failures;

    /**
     * @param from the first operation that fails, from 1
     * @param to the last
     * @param refusesToCut whether what was half written cannot be taken back meanwhile
     */
    FailingDisk(int from, int to, boolean refusesToCut) {
        this.from = from;
        this.to = to;
        this.refusesToCut = refusesToCut;
    }

    int failures() {
        return failures;
    }

    private boolean fails() {
        operations++;
        boolean fails = isFull();
        failures += fails ? 1 : 0;
        return fails;
    }

    private boolean isFull() {
        return operations >= from && operations <= to;
    }

    @Override
    void write(RandomAccessFile file, byte[] line) throws IOException {
        if (fails()) {
            file.write(line, 0, line.length / 2);
            throw new IOException("No space left on device");
        }
        super.write(file, line);
    }

    @Override
    void cut(RandomAccessFile file, long length) throws IOException {
        if (refusesToCut && isFull()) {
            throw new IOException("Input/output error");
        }
        super.cut(file, length);
    }

    @Override
    void force(RandomAccessFile file) throws IOException {
        if (fails()) {
            throw new IOException("Input/output error");
        }
        super.force(file);
    }

    @Override
    void write(FileChannel file, ByteBuffer bytes) throws IOException {
        if (fails()) {
            ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
            super.write(file, half);
            throw new IOException("No space left on device");
        }
        super.write(file, bytes);
    }

    @Override
    void force(FileChannel file) throws IOException {
        if (fails()) {
            throw new IOException("Input/output error");
        }
        super.force(file);
    }
}
