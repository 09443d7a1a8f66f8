package dev.plumbline.pipeline.record;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Reading;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.sql.Preparation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads files and prepares their contents on a separate thread while earlier contents are stored; the next file is read
 * while the previous one is committed.
 *
 * <p>What comes out is what reading them here would give, in the same order. How far the reading may be ahead is
 * bounded in values, so that memory is bounded however large a file or one of its samples is.
 */
public final class ReadAhead implements AutoCloseable {
    private static final int MOST_IN_PARCEL = 1024;
    private static final int MOST_PARCELS = 8;

    /** Eight megabytes of numbers; a sample that has more of them travels alone. */
    private static final int MOST_VALUES = 1 << 20;

    private final BlockingQueue<Parcel> parcels = new ArrayBlockingQueue<>(MOST_PARCELS);
    private final Semaphore room = new Semaphore(MOST_VALUES);
    private final List<InputFiles.InputFile> files;
    private final List<Problem> leftOut;
    private final Thread reader;
    private volatile boolean stopped;

    /** Takes what was read. */
    interface Receiver {
        void accept(RunHeader header, PreparedMeasurement measurement);

        /** Takes note of a record that could not be used. */
        void problem(Problem problem);
    }

    /** Something that was read, to be handed on. */
    private interface Item {
        void handTo(Receiver receiver);
    }

    private record Taken(RunHeader header, PreparedMeasurement measurement) implements Item {
        @Override
        public void handTo(Receiver receiver) {
            receiver.accept(header, measurement);
        }
    }

    private record Reported(Problem problem) implements Item {
        @Override
        public void handTo(Receiver receiver) {
            receiver.problem(problem);
        }
    }

    /**
     * Some of what a file holds.
     *
     * @param values how much {@link #room} it takes
     * @param last whether it is the file's last one
     * @param failure why the file could not be read completely, if so
     * @param format what the file was read as, where this is its last one
     */
    private record Parcel(
            List<Item> items, int values, boolean last, Optional<Throwable> failure, Optional<Format> format) {}

    private ReadAhead(
            List<InputFiles.InputFile> files,
            List<Problem> leftOut,
            Optional<Format> format,
            Supplier<Results> results) {
        this.files = List.copyOf(files);
        this.leftOut = List.copyOf(leftOut);
        reader = new Thread(() -> readAll(format, results), "plumbline reading");
        reader.setDaemon(true);
    }

    /**
     * Starts to read.
     *
     * @param leftOut why files that were asked for are not among these
     * @param results asked for on the reading thread: finding out the surroundings starts git, which takes a while
     */
    static ReadAhead of(
            List<InputFiles.InputFile> files,
            List<Problem> leftOut,
            Optional<Format> format,
            Supplier<Results> results) {
        ReadAhead ahead = new ReadAhead(files, leftOut, format, results);
        ahead.reader.start();
        return ahead;
    }

    /** The files to read, in this order. */
    List<InputFiles.InputFile> files() {
        return files;
    }

    /** The reasons why requested files are not read. */
    public List<Problem> leftOut() {
        return leftOut;
    }

    /**
     * Hands on what the next file holds, waiting for it where needed.
     *
     * @return what it was read as; empty for an archive, and for what a mapping is for
     * @throws UnreadableInput if it cannot be read; what the receiver took of it is to be thrown away
     * @throws IOException if the file system fails
     */
    Optional<Format> next(Receiver receiver) throws IOException {
        while (true) {
            Parcel parcel;
            try {
                parcel = parcels.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while files were read");
            }
            for (Item item : parcel.items) {
                item.handTo(receiver);
            }
            room.release(parcel.values);
            if (parcel.failure.isPresent()) {
                throw rethrown(parcel.failure.get());
            }
            if (parcel.last) {
                return parcel.format;
            }
        }
    }

    private static IOException rethrown(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof IOException known ? known : new IOException(failure);
    }

    private void readAll(Optional<Format> format, Supplier<Results> found) {
        Packer packer = new Packer();
        try {
            try {
                Results results = found.get();
                for (InputFiles.InputFile file : files) {
                    if (!read(results, file, format, packer)) {
                        return;
                    }
                }
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException | Error e) {
                packer.fail(e);
            }
        } catch (CancellationException e) {
            // no more items are needed
        }
    }

    /** Whether to go on with the next file. */
    private static boolean read(Results results, InputFiles.InputFile file, Optional<Format> format, Packer packer) {
        try {
            Reading reading = results.read(file.path(), format, packer);
            packer.send(true, Optional.empty(), reading.format());
            return true;
        } catch (UnreadableInput e) {
            packer.fail(e);
            return true;
        } catch (IOException e) {
            packer.fail(e);
            return false;
        }
    }

    /** Stops reading. */
    @Override
    public void close() {
        stopped = true;
        reader.interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                reader.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Packs the readers' output on the reading thread. */
    private final class Packer implements RunSink {
        private final Preparation preparation = new Preparation();
        private List<Item> items = new ArrayList<>();
        private int values;

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            add(new Taken(header, preparation.prepare(measurement)), valuesOf(measurement.sample()));
        }

        @Override
        public void problem(Problem problem) {
            add(new Reported(problem), 1);
        }

        private void add(Item item, int size) {
            if (!items.isEmpty() && (items.size() == MOST_IN_PARCEL || size > MOST_VALUES / MOST_PARCELS - values)) {
                send(false, Optional.empty(), Optional.empty());
            }
            items.add(item);
            values += size;
        }

        void fail(Throwable failure) {
            send(true, Optional.of(failure), Optional.empty());
        }

        void send(boolean last, Optional<Throwable> failure, Optional<Format> format) {
            try {
                if (stopped) {
                    throw new CancellationException("reading was cancelled");
                }
                room.acquire(values);
                parcels.put(new Parcel(items, values, last, failure, format));
            } catch (InterruptedException e) {
                throw new CancellationException("reading was cancelled");
            }
            items = new ArrayList<>();
            values = 0;
        }
    }

    private static int valuesOf(Sample sample) {
        long size = 1;
        if (sample instanceof Sample.Values values) {
            size = values.size();
        } else if (sample instanceof Sample.Histogram histogram) {
            for (Sample.Histogram.Bins bins : histogram.groups()) {
                size += 2L * bins.values().length;
            }
        } else if (sample instanceof Sample.Summary summary) {
            size = 1L + summary.quantiles().size();
        }
        return (int) Math.min(size, MOST_VALUES);
    }
}
