package dev.plumbline.pipeline.measuring;

import dev.plumbline.core.model.Digest;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.Journal;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.json.RunJson;
import dev.plumbline.report.note.MeasuringNotes;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The results so far of an attempt to measure, in a file beside the history that is written execution by execution: a
 * line of state for each fact that has to be the same when it is resumed, then a line for each execution. A line that
 * was cut off counts for nothing.
 */
final class Unfinished implements AutoCloseable {
    private static final String FOLDER = "unfinished";
    private static final String FIRST = "plumbline-unfinished 1";
    private static final long KEPT_DAYS = 30;

    private final Path file;
    private final Results results;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<OutputStream> out = Optional.empty();
    private Optional<FileChannel> lock = Optional.empty();

    /**
     * One execution.
     *
     * @param task which of the tasks it belongs to
     * @param recorded whether the history has it
     */
    record Entry(int task, String subject, List<Run> runs, boolean recorded) {}

    private Unfinished(Path file, Results results) {
        this.file = file;
        this.results = results;
    }

    /** The attempt at these tasks in this place, whether or not there has been one. */
    static Unfinished of(Workspace workspace, List<MeasureTargets.Task> tasks, ImportContext importContext) {
        Digest digest = new Digest()
                .text(workspace.directory().toAbsolutePath().normalize().toString());
        tasks.forEach(task -> digest.text(task.target().toString()));
        Path folder = workspace.folder().resolve(FOLDER);
        return new Unfinished(folder.resolve(digest.hex(8) + ".txt"), Results.with(importContext));
    }

    /** The facts that have to be unchanged for earlier measurements to count. */
    static Map<String, String> state(Workspace workspace, ImportContext importContext) {
        Map<String, String> state = new TreeMap<>(importContext.environment().facts());
        String commit = importContext.revision().commit();
        state.put("commit", commit);
        if (commit.endsWith(Revision.DIRTY)) {
            new Git(workspace.directory())
                    .changes()
                    .ifPresent(changes ->
                            state.put("changes", new Digest().text(changes).hex(8)));
        }
        return state;
    }

    /**
     * Takes up what is there, if the state is the same; {@link #notes} has what became of it.
     *
     * @throws IOException if another process measures the same at this moment
     */
    void resume(Map<String, String> state) throws IOException {
        if (!isOurs()) {
            throw new IOException("another plumb run is measuring the same; nothing can be resumed until it ends");
        }
        Map<String, String> before = read();
        List<String> changed = entries.isEmpty() ? List.of() : changes(before, state);
        if (!changed.isEmpty()) {
            notes.add(MeasuringNotes.discarded(changed));
            entries.clear();
        } else if (entries.isEmpty()) {
            notes.add(MeasuringNotes.NOTHING_TO_RESUME);
        } else {
            notes.add(MeasuringNotes.continued(entries.size()));
        }
    }

    /** The outcome of an earlier attempt, in words. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The executions that count already, oldest first. */
    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Begins to write, with what was taken up; where that is not possible, measuring goes on without it. */
    void begin(Map<String, String> state, Workspace workspace) {
        try {
            workspace.keepOutOfGit();
            if (!isOurs()) {
                notes.add(MeasuringNotes.MEASURED_TWICE);
                return;
            }
            forgetOld(workspace.clock().instant());
            // no channel: what is written after Ctrl-C, in an interrupted thread, would close it
            OutputStream stream = new FileOutputStream(file.toFile());
            out = Optional.of(stream);
            write(FIRST);
            for (Map.Entry<String, String> fact : state.entrySet()) {
                write("state\t" + escaped(fact.getKey()) + "\t" + escaped(fact.getValue()));
            }
            for (Entry entry : entries) {
                write(entry.task, entry.subject, entry.runs);
            }
            if (entries.stream().anyMatch(Entry::recorded)) {
                recorded();
            }
        } catch (IOException e) {
            notFound(e);
        }
    }

    /** The part of the journal that one task writes. */
    Journal of(int task) {
        return new Journal() {
            @Override
            public List<List<Run>> earlier(String subject) {
                return entries.stream()
                        .filter(entry -> entry.task == task && entry.subject.equals(subject))
                        .map(Entry::runs)
                        .toList();
            }

            @Override
            public void executed(String subject, List<Run> runs) {
                try {
                    write(task, subject, runs);
                } catch (IOException e) {
                    giveUp(e);
                }
            }
        };
    }

    /** The history has everything that was written until now. */
    void recorded() {
        try {
            write("recorded");
        } catch (IOException e) {
            giveUp(e);
        }
    }

    /** Marks all work as done, and deletes this attempt. */
    void finish() {
        closeJournal();
        try {
            Files.deleteIfExists(file);
            if (lock.isPresent()) {
                Files.deleteIfExists(lockFile());
            }
        } catch (IOException e) {
            notes.add(MeasuringNotes.undeletable(file.toString()));
        }
        close();
    }

    /** Whether no other process measures the same; from then on none does. */
    private boolean isOurs() throws IOException {
        if (lock.isPresent()) {
            return true;
        }
        Files.createDirectories(file.getParent());
        while (true) {
            FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    channel.close();
                    return false;
                }
            } catch (OverlappingFileLockException e) {
                channel.close(); // held by another thread of this process
                return false;
            }
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0); // it is not old
            if (Files.exists(lockFile())) {
                lock = Optional.of(channel);
                return true;
            }
            channel.close(); // who had it finished in this moment and has deleted it: others would not see this one
        }
    }

    private Path lockFile() {
        return file.resolveSibling(file.getFileName() + ".lock");
    }

    @Override
    public void close() {
        lock.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException e) {
                notes.add(MeasuringNotes.locked(file.toString(), String.valueOf(e.getMessage())));
            }
        });
        lock = Optional.empty();
        closeJournal();
    }

    private void closeJournal() {
        out.ifPresent(stream -> {
            try {
                stream.close();
            } catch (IOException e) {
                giveUp(e);
            }
        });
        out = Optional.empty();
    }

    private void giveUp(IOException e) {
        if (out.isPresent()) {
            notFound(e);
        }
    }

    private void notFound(IOException e) {
        out = Optional.empty();
        notes.add(MeasuringNotes.notResumable(String.valueOf(e.getMessage())));
    }

    private void write(String line) throws IOException {
        if (out.isPresent()) {
            out.get().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.get().flush();
        }
    }

    private void write(int task, String subject, List<Run> runs) throws IOException {
        if (out.isPresent()) {
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            RunJson.writeLine(runs, json);
            // one write, so that a process that is killed leaves whole lines
            write("run\t" + task + "\t" + escaped(subject) + "\t"
                    + json.toString(StandardCharsets.UTF_8).stripTrailing());
        }
    }

    /** The state of the attempt; its executions become the entries. */
    private Map<String, String> read() {
        Map<String, String> state = new TreeMap<>();
        if (!Files.exists(file)) {
            return state;
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            if (!FIRST.equals(line)) {
                return state;
            }
            for (line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] parts = line.split("\t", 4);
                if (parts[0].equals("state") && parts.length == 3) {
                    state.put(unescaped(parts[1]), unescaped(parts[2]));
                } else if (parts[0].equals("run") && parts.length == 4) {
                    entries.add(new Entry(Integer.parseInt(parts[1]), unescaped(parts[2]), runs(parts[3]), false));
                } else if (parts[0].equals("recorded")) {
                    entries.replaceAll(entry -> new Entry(entry.task, entry.subject, entry.runs, true));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            notes.add(MeasuringNotes.CUT_OFF);
        }
        return state;
    }

    private List<Run> runs(String json) throws IOException {
        Collected collected = new Collected();
        try (Source source = Source.of(file.toString(), json.getBytes(StandardCharsets.UTF_8))) {
            results.read(source, Optional.of(Format.PLUMBLINE_JSON), collected);
        }
        return collected.runs();
    }

    private static List<String> changes(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.remove("info.fingerprint"); // of the others
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                .map(name -> name.replaceFirst("^info\\.", "") + ": " + before.getOrDefault(name, "none") + " → "
                        + now.getOrDefault(name, "none"))
                .toList();
    }

    private void forgetOld(Instant now) throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path other : files.toList()) {
                if (Files.getLastModifiedTime(other).toInstant().isBefore(now.minus(Duration.ofDays(KEPT_DAYS)))) {
                    Files.deleteIfExists(other);
                }
            }
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != '\\' || i + 1 == text.length()) {
                out.append(letter);
                continue;
            }
            char next = text.charAt(++i);
            out.append(
                    switch (next) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        default -> next;
                    });
        }
        return out.toString();
    }
}
