package dev.plumbline.junit.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of baselines.
 *
 * <pre>
 * tests/DIGEST       one file for each test, in lines of words between tabs
 * folders/DIGEST/    copies of folders of class paths; equal files are links to one
 * files/DI/DIGEST    files of these folders, and copies of jars
 * lock               see {@link StoreLock}, which is held while any method is called
 * </pre>
 *
 * <p>Every file and folder gets its name when it is complete. What no baseline needs any more is removed when one is
 * written; a baseline that no test used for 180 days goes, and the least recently used ones beyond 1 GiB.
 */
public final class BaselineStore {
    private static final String HEAD = "plumbline-junit-baseline 1";
    private static final String END = "end";
    private static final Duration FORGOTTEN = Duration.ofDays(180);
    private static final int MANY = 24;
    private static final long MOST_BYTES = 1L << 30;

    private final Path root;
    private final ClassPathCopies copies;

    /** @param lock held as long as this is used */
    public BaselineStore(StoreLock lock) {
        this.root = requireNonNull(lock, "lock").store();
        this.copies = new ClassPathCopies(root);
    }

    /** Copies what has to be, and names the rest. */
    public List<Baseline.Entry> keep(List<Path> classPath) throws StoreFailure {
        return copies.keep(classPath);
    }

    /**
     * The present places of a class path's entries, in its order.
     *
     * @throws StoreFailure if one has vanished or is another file now
     */
    public List<Path> locate(List<Baseline.Entry> classPath) throws StoreFailure {
        return copies.locate(classPath);
    }

    /** Empty when there is none. */
    public Optional<Baseline> find(String test) throws StoreFailure {
        Path file = file(test);
        try {
            Baseline baseline = parse(file, Files.readAllLines(file, StandardCharsets.UTF_8));
            return Optional.of(baseline);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreFailure(file + " cannot be read (" + StoreLock.reason(e) + "); " + renew(), e);
        }
    }

    /** Notes that a test needs its baseline. */
    public void used(String test, Instant now) {
        try {
            Files.setLastModifiedTime(file(test), FileTime.from(now));
        } catch (IOException e) {
            // it counts as used when it was written
        }
    }

    /** Replaces the test's last baseline, and removes unneeded files. */
    public void put(Baseline baseline, Instant now) throws StoreFailure {
        Path file = file(baseline.test());
        try {
            Files.createDirectories(file.getParent());
            Path unfinished = Files.createTempFile(root, "unfinished-", "");
            Files.write(unfinished, lines(baseline), StandardCharsets.UTF_8);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            used(baseline.test(), now);
        } catch (IOException e) {
            throw new StoreFailure(
                    "the baseline of " + baseline.test() + " cannot be written to " + root + " (" + StoreLock.reason(e)
                            + "); make room there, or name another folder with -Dplumbline.store=FOLDER",
                    e);
        }
        prune(now);
    }

    /** Removes copies that no baseline needs, once there are many. */
    public void tidy(Instant now) throws StoreFailure {
        if (count("folders") > MANY + 2 * count("tests")) {
            prune(now);
        }
    }

    private long count(String folder) throws StoreFailure {
        if (!Files.isDirectory(root.resolve(folder))) {
            return 0;
        }
        try (Stream<Path> all = Files.list(root.resolve(folder))) {
            return all.count();
        } catch (IOException e) {
            throw new StoreFailure(root + " cannot be read (" + StoreLock.reason(e) + ")", e);
        }
    }

    static String renew() {
        return "take a new baseline with -Dplumbline.baseline=update";
    }

    private Path file(String test) {
        return root.resolve("tests").resolve(Digests.ofText(test));
    }

    private static List<String> lines(Baseline baseline) {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        lines.add("test\t" + baseline.test());
        lines.add("recorded\t" + baseline.recordedAt());
        lines.add("nanos\t" + baseline.nanos());
        lines.add("noise\t" + baseline.noise());
        baseline.environment().facts().forEach((name, value) -> lines.add("fact\t" + name + "\t" + oneLine(value)));
        for (Baseline.Entry entry : baseline.classPath()) {
            lines.add("entry\t" + entry.kind() + "\t" + entry.digest() + "\t"
                    + oneLine(entry.path().toString()));
        }
        lines.add(END);
        return lines;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    private static Baseline parse(Path file, List<String> lines) throws StoreFailure {
        if (lines.size() < 2
                || !lines.get(0).equals(HEAD)
                || !lines.get(lines.size() - 1).equals(END)) {
            throw damaged(file);
        }
        String test = "";
        Instant recordedAt = Instant.EPOCH;
        double nanos = 0;
        double noise = 0;
        TreeMap<String, String> facts = new TreeMap<>();
        List<Baseline.Entry> entries = new ArrayList<>();
        try {
            for (String line : lines.subList(1, lines.size() - 1)) {
                String[] words = line.split("\t", -1);
                switch (words[0]) {
                    case "test" -> test = words[1];
                    case "recorded" -> recordedAt = Instant.parse(words[1]);
                    case "nanos" -> nanos = Double.parseDouble(words[1]);
                    case "noise" -> noise = Double.parseDouble(words[1]);
                    case "fact" -> facts.put(words[1], words[2]);
                    case "entry" ->
                        entries.add(new Baseline.Entry(Baseline.Kind.valueOf(words[1]), words[2], Path.of(words[3])));
                    default -> throw damaged(file);
                }
            }
        } catch (RuntimeException e) { // a word is missing, or is no number, time or kind
            throw damaged(file);
        }
        return new Baseline(test, recordedAt, Environment.of(facts), nanos, noise, entries);
    }

    private static StoreFailure damaged(Path file) {
        return new StoreFailure(file + " is damaged, or of another version of Plumbline; " + renew());
    }

    // --- Deleting what is not needed any more.

    private record Kept(Path file, Instant used, Baseline baseline) {}

    private void prune(Instant now) throws StoreFailure {
        List<Kept> all = new ArrayList<>();
        Path tests = root.resolve("tests");
        if (!Files.isDirectory(tests)) {
            return;
        }
        try (Stream<Path> files = Files.list(tests)) {
            for (Path file : files.toList()) {
                Instant used = Files.getLastModifiedTime(file).toInstant();
                if (used.isBefore(now.minus(FORGOTTEN))) {
                    Files.delete(file);
                    continue;
                }
                try {
                    all.add(new Kept(file, used, parse(file, Files.readAllLines(file, StandardCharsets.UTF_8))));
                } catch (StoreFailure e) {
                    return; // what a baseline that cannot be read needs is not known
                }
            }
            all.sort(Comparator.comparing(Kept::used).reversed());
            long bytes = 0;
            Set<String> needed = new HashSet<>();
            for (Kept kept : all) {
                long own = 0;
                List<Baseline.Entry> fresh = kept.baseline().classPath().stream()
                        .filter(entry -> !needed.contains(entry.digest()))
                        .toList();
                for (Baseline.Entry entry : fresh) {
                    own += copies.bytes(entry);
                }
                if (bytes > 0 && bytes + own > MOST_BYTES) {
                    Files.delete(kept.file());
                    continue;
                }
                bytes += own;
                fresh.forEach(entry -> needed.add(entry.digest()));
            }
            copies.removeBut(needed);
            removeUnfinished(now);
        } catch (IOException | UncheckedIOException e) {
            throw new StoreFailure(
                    String.format(
                            Locale.ROOT, "old baselines in %s cannot be removed (%s); remove the folder", root, e),
                    e);
        }
    }

    private void removeUnfinished(Instant now) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("unfinished-"))
                    .toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(Duration.ofHours(1)))) {
                    removeTree(file);
                }
            }
        }
    }

    static void removeTree(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException thrown) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
