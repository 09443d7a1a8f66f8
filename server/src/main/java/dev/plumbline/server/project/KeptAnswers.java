package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.server.data.PrivateFiles;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.sql.SqlRunStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Computed answers about a history, in files, until the history changes. Nothing counts as known for long: mutes
 * expire, and periods end now. What is old is still there for a while, for those who rather see it than wait.
 */
public final class KeptAnswers {
    private static final long LONGEST_SECONDS = 600;

    /** When an answer was computed, beside what its maker wrote. */
    private static final String TIMES = "times";

    /** The most answers kept of a project; the newest stay. */
    private static final int MOST = 60;

    private static final int LOCKS = 64;

    private final Histories histories;
    private final Clock clock;
    private final Map<String, Instant> decisions = new ConcurrentHashMap<>();
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    public KeptAnswers(Histories histories, Clock clock) {
        this.histories = requireNonNull(histories, "histories");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Computes an answer. */
    @FunctionalInterface
    public interface Work {
        /** @param history where it is read; an older one would be kept as the answer about a newer one */
        void into(Path folder, StoreLocation history) throws IOException;
    }

    /**
     * An answer.
     *
     * @param folder what is in it was written by who computed it
     * @param asOf when that began
     * @param took how long it took
     */
    public record Answer(Path folder, Instant asOf, Duration took) {}

    /** The key of an answer, with the state of the history in which it was computed. */
    private record Key(String question, String state) {
        String name() {
            return question + "-" + state;
        }
    }

    /** The answer as the history is now; empty where it is not computed yet. */
    public Optional<Path> known(Project project, List<String> question) throws IOException {
        return histories.<Optional<Path>, IOException>read(project, history -> known(project, history, question));
    }

    /** The same about a history at this place. */
    public Optional<Path> known(Project project, StoreLocation history, List<String> question) throws IOException {
        Path known = folder(project).resolve(key(project, history, question).name());
        return Files.isDirectory(known) ? Optional.of(used(known)) : Optional.empty();
    }

    /**
     * The answer that was computed last, however old it is; empty where there is none, or a decision was
     * recorded here since, which its author wants to see.
     */
    public Optional<Answer> last(Project project, List<String> question) throws IOException {
        Path folder = folder(project);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        String prefix = digest(question) + "-";
        Optional<Answer> last = Optional.empty();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(one -> one.getFileName().toString().startsWith(prefix))
                    .toList()) {
                Optional<Answer> answer = read(path);
                if (answer.isPresent()
                        && (last.isEmpty()
                                || answer.get().asOf().isAfter(last.get().asOf()))) {
                    last = answer;
                }
            }
        }
        Instant decided = decisions.getOrDefault(project.id(), Instant.MIN);
        last = last.filter(answer -> answer.asOf().isAfter(decided));
        if (last.isPresent()) {
            used(last.get().folder());
        }
        return last;
    }

    /** Marks an answer as used, so that it stays. */
    private static Path used(Path answer) throws IOException {
        try {
            Files.setLastModifiedTime(answer, FileTime.from(Instant.now()));
        } catch (NoSuchFileException e) {
            // it was old, and is being deleted
        }
        return answer;
    }

    private static Optional<Answer> read(Path folder) throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(TIMES));
            return Optional.of(new Answer(folder, Instant.parse(lines.get(0)), Duration.parse(lines.get(1))));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it was old, and is being deleted
        }
    }

    /**
     * The folder of an answer, which is computed where it is not known; who asks for the same meanwhile waits.
     *
     * @param question what distinguishes it from the others of the project
     */
    public Path of(Project project, List<String> question, Work work) throws IOException {
        return histories.<Path, IOException>read(project, history -> of(project, history, question, work));
    }

    /** The same about a history at this place. */
    public Path of(Project project, StoreLocation history, List<String> question, Work work) throws IOException {
        Path folder = folder(project);
        Key key = key(project, history, question);
        Path known = folder.resolve(key.name());
        if (Files.isDirectory(known)) {
            return used(known);
        }
        ReentrantLock lock = locks.get(Math.floorMod((project.id() + question).hashCode(), LOCKS));
        lock.lock();
        try {
            if (Files.isDirectory(known)) {
                return known;
            }
            PrivateFiles.createFolder(folder);
            Path part = Files.createTempDirectory(folder, "part-");
            boolean isDone = false;
            Instant asOf = clock.instant();
            long began = System.nanoTime();
            try {
                work.into(part, history);
                Files.writeString(
                        part.resolve(TIMES), asOf + "\n" + Duration.ofNanos(System.nanoTime() - began) + "\n");
                Files.move(part, known, StandardCopyOption.ATOMIC_MOVE);
                isDone = true;
            } finally {
                if (!isDone) {
                    Scratch.delete(part);
                }
            }
            forgetOld(folder, known);
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** When an answer about a project was used last; empty where none is kept. */
    public Optional<Instant> lastUsed(Project project) {
        Path folder = folder(project);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> answers = Files.list(folder)) {
            return answers.map(answer -> Instant.ofEpochMilli(answer.toFile().lastModified()))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty(); // it is no more than a hint
        }
    }

    /** A decision was recorded here: the kept answers are out of date. */
    public void changed(Project project) {
        decisions.put(project.id(), clock.instant());
    }

    private Path folder(Project project) {
        return histories.folder(project).resolve("pages");
    }

    private Key key(Project project, StoreLocation history, List<String> question) throws IOException {
        String state = state(history);
        return new Key(
                digest(question),
                digest(List.of(
                        Version.TEXT,
                        Long.toString(clock.instant().getEpochSecond() / LONGEST_SECONDS),
                        decisions.getOrDefault(project.id(), Instant.EPOCH).toString(),
                        histories.copy(project).state().orElse(""),
                        state)));
    }

    /** The state of a history; creates none where there is none. */
    private static String state(StoreLocation history) {
        if (!history.hasHistory()) {
            return "";
        }
        try (SqlRunStore store = history.openAsItIs()) {
            return store.state();
        }
    }

    private static String digest(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Deletes all but the two last answers of each question, one of which may be in use. */
    private static void forgetOld(Path folder, Path newest) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.list(folder)) {
            all = new ArrayList<>(paths.filter(path -> !path.equals(newest)).toList());
        }
        all.sort(Comparator.comparing((Path path) -> path.toFile().lastModified())
                .reversed());
        String question = question(newest);
        boolean hasOne = false;
        int left = 1;
        for (Path one : all) {
            boolean isSame = question(one).equals(question);
            if (left >= MOST || isSame && hasOne) {
                Scratch.delete(one);
            } else {
                left++;
            }
            hasOne |= isSame;
        }
    }

    private static String question(Path answer) {
        String name = answer.getFileName().toString();
        return name.substring(0, Math.max(0, name.indexOf('-')));
    }
}
