package dev.pipelinebox.examples;

import dev.pipelinebox.Master;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses a file block by block with two processes: a sequence of gzip blocks is gzip again. To find the best level,
 * the sizes are added up, so the blocks are read as they finish. To write the file, they are read in order.
 */
public final class OrderedAndUnordered {

    private static final int BLOCK = 256 * 1024;

    private OrderedAndUnordered() {}

    /** A part of a file, and how hard to compress it: from 1 to 9. */
    public record Block(String file, long offset, int level) {}

    /** Compresses blocks of files. */
    public static final class Compressor implements Worker<Block, byte[]> {

        @Override
        public byte[] runTask(Block block) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(block.file(), "r")) {
                byte[] plain = new byte[(int) Math.min(BLOCK, file.length() - block.offset())];
                file.seek(block.offset());
                file.readFully(plain);
                return gzip(plain, block.level());
            }
        }

        private static byte[] gzip(byte[] plain, int level) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (OutputStream gzip = new LevelledGzip(compressed, level)) {
                gzip.write(plain);
            }
            return compressed.toByteArray();
        }
    }

    private static final class LevelledGzip extends GZIPOutputStream {

        LevelledGzip(OutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }

    /**
     * Runs the example.
     *
     * @param args the file to compress, and where to write the compressed one, if not beside it
     */
    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("Usage: OrderedAndUnordered FILE [COMPRESSED]");
            return;
        }
        Path file = Path.of(args[0]);
        Path target = Path.of(args.length == 1 ? file + ".gz" : args[1]);
        try (Master<Block, byte[]> master = Master.of(Compressor.class).start()) {
            master.addWorker();
            master.addWorker();
            int best = 1;
            long smallest = Long.MAX_VALUE;
            for (int level : new int[] {1, 6, 9}) {
                long size = 0;
                for (TaskResult<byte[]> block : master.runAll(blocks(file, level))) {
                    size += block.value().length;
                }
                System.out.println("level " + level + " makes " + size + " bytes of " + Files.size(file));
                best = size < smallest ? level : best;
                smallest = Math.min(size, smallest);
            }
            try (OutputStream out = Files.newOutputStream(target)) {
                for (TaskResult<byte[]> block :
                        master.runAll(blocks(file, best)).inOrder()) {
                    out.write(block.value());
                }
            }
            System.out.println(target + " is written with level " + best);
        }
    }

    private static Stream<Block> blocks(Path file, int level) throws IOException {
        long last = Math.max(0, Files.size(file) - 1) / BLOCK;
        return LongStream.rangeClosed(0, last).mapToObj(i -> new Block(file.toString(), i * BLOCK, level));
    }
}
