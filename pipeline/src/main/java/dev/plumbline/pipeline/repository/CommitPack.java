package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.repository.CommitStore.Known;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The commits of a repository that another machine lacks, with the file names of the newest ones; never the contents of
 * files.
 *
 * @param directory in the working copy
 * @param checkout what is known of it
 */
public record CommitPack(Path directory, Checkout checkout) {
    /** Commits whose names of files are looked at: suspects and authors are among these. */
    private static final int WITH_TREES = 1_000;

    /** Enough that some of them were there the last time. */
    private static final int ASKED = 1_000;

    private static final int MOST_COMMITS = 500_000;

    public CommitPack {
        requireNonNull(directory, "directory");
        requireNonNull(checkout, "checkout");
    }

    /** The commits and tags to ask the other machine for: all that have a name, and the newest. */
    public List<String> asked() throws IOException {
        Set<String> all = new LinkedHashSet<>(checkout.tips());
        all.addAll(listed(checkout.tips(), Set.of(), "--max-count=" + ASKED));
        return all.stream().limit(CommitStore.MOST_ASKED).toList();
    }

    /** Whether the other machine has everything that this would send. */
    public boolean isNothing(Known known) {
        String head = checkout.references().getOrDefault(checkout.head(), checkout.head());
        // commits alone may have come there another way
        return known.commits().containsAll(checkout.tips()) && known.complete().contains(head);
    }

    /**
     * Writes what is lacking.
     *
     * @param known of what was {@link #asked}
     * @param pack the file to write
     * @return whether git could
     */
    public boolean write(Known known, Path pack) throws IOException {
        Set<String> objects = new LinkedHashSet<>();
        for (String tip : checkout.tips()) {
            if (!known.commits().contains(tip)) {
                objects.add(tip); // a tag is no commit, and is listed nowhere else
            }
        }
        objects.addAll(listed(checkout.tips(), known.commits(), "--max-count=" + MOST_COMMITS));
        objects.addAll(listed(
                checkout.tips(),
                known.complete(),
                "--objects",
                "--no-object-names",
                "--filter=blob:none",
                "--max-count=" + WITH_TREES));
        try (Scratch scratch = Scratch.create()) {
            Path ids = Files.write(scratch.folder().resolve("ids"), objects, StandardCharsets.US_ASCII);
            return GitCall.in(directory).run(ids, pack, "pack-objects", "--stdout", "--quiet", "--no-reuse-delta");
        }
    }

    /** The objects from some commits on that others do not lead to. */
    private List<String> listed(Set<String> from, Set<String> without, String... options) throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path ends = Files.write(
                    scratch.folder().resolve("ends"),
                    Stream.concat(from.stream(), without.stream().map(id -> "^" + id))
                            .toList(),
                    StandardCharsets.US_ASCII);
            Path printed = scratch.folder().resolve("printed");
            List<String> arguments = new ArrayList<>(List.of("rev-list", "--ignore-missing"));
            arguments.addAll(List.of(options));
            arguments.add("--stdin");
            return GitCall.in(directory).run(ends, printed, arguments.toArray(String[]::new))
                    ? Files.readAllLines(printed, StandardCharsets.US_ASCII)
                    : List.of();
        }
    }
}
