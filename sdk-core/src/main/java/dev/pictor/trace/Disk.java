package dev.pictor.trace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What a store does to a disk and a disk may refuse. Tests give one that refuses. Thread-safe. */
class Disk {

    static final Disk REAL = new Disk();

    void write(RandomAccessFile file, byte[] line) throws IOException {
        file.write(line);
    }

    void cut(RandomAccessFile file, long length) throws IOException {
        file.setLength(length);
    }

    void force(RandomAccessFile file) throws IOException {
        file.getFD().sync();
    }

    void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void force(FileChannel file) throws IOException {
        file.force(true);
    }
}
