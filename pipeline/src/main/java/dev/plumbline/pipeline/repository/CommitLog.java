package dev.plumbline.pipeline.repository;

import dev.plumbline.core.incident.Commit;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The commits between measured revisions, as listed by git: those on the branch itself (first parents), and in place of
 * a merge its merged commits, each with the changed files.
 */
public final class CommitLog {
    /** The number of commits that are read back. */
    static final int MOST_COMMITS = 5_000;

    /** The number of files of a commit that are kept. */
    private static final int MOST_FILES = 100;

    /** The number of commits between two measured revisions beyond which none is suspected. */
    private static final int MOST_BETWEEN = 500;

    /** The most commits of a merge that are listed for it: more are another line of development. */
    private static final int MOST_MERGED = 50;

    private final List<Commit> oldestFirst;
    private final Set<String> merges;
    private final Function<String, List<Commit>> merged;
    private final Map<String, Integer> places = new HashMap<>();

    /** @param merged the commits that a merge brought, oldest first */
    private CommitLog(List<Commit> oldestFirst, Set<String> merges, Function<String, List<Commit>> merged) {
        this.oldestFirst = oldestFirst;
        this.merges = merges;
        this.merged = merged;
        for (int i = 0; i < oldestFirst.size(); i++) {
            places.put(oldestFirst.get(i).id(), i);
        }
    }

    /** An empty log. */
    public static CommitLog none() {
        return new CommitLog(List.of(), Set.of(), merge -> List.of());
    }

    /** The log that leads to the newest measured revision that git knows; empty without a repository. */
    public static CommitLog of(Git git, Timeline timeline) {
        for (int place = timeline.size() - 1; place >= Math.max(0, timeline.size() - 20); place--) {
            String commit = clean(timeline.at(place).header().revision().commit());
            if (!commit.isEmpty()) {
                CommitLog log = of(git, commit, MOST_COMMITS);
                if (!log.oldestFirst.isEmpty()) {
                    return log;
                }
            }
        }
        return none();
    }

    /**
     * The log that leads to a commit; empty where git does not know it.
     *
     * @param most the number of commits that are read back
     */
    static CommitLog of(Git git, String commit, int most) {
        List<Commit> commits = git.log(commit, most).map(CommitLog::parse).orElse(List.of());
        return commits.isEmpty()
                ? none()
                : new CommitLog(commits, git.merges(commit, most), merge -> git.merged(merge, MOST_MERGED + 1)
                        .map(CommitLog::parse)
                        .orElse(List.of()));
    }

    /**
     * The commits since a measured one up to the newest of the log, itself included; empty where none of the log was
     * measured.
     *
     * @param measured the ids of measured commits
     */
    List<Commit> since(Set<String> measured) {
        for (int last = oldestFirst.size() - 2; last >= 0; last--) {
            if (measured.contains(oldestFirst.get(last).id())) {
                return withMerged(oldestFirst.subList(last + 1, oldestFirst.size()));
            }
        }
        return List.of();
    }

    /** The same commits, with each merge replaced by its merged commits. */
    private List<Commit> withMerged(List<Commit> commits) {
        return commits.stream().flatMap(commit -> merged(commit).stream()).toList();
    }

    private List<Commit> merged(Commit commit) {
        if (!merges.contains(commit.id())) {
            return List.of(commit);
        }
        List<Commit> brought = merged.apply(commit.id());
        return brought.isEmpty() || brought.size() > MOST_MERGED
                ? List.of(commit)
                : brought.stream().map(one -> one.mergedWith(commit.id())).toList();
    }

    private static String clean(String commit) {
        return Revision.committed(commit);
    }

    /**
     * Reads what {@link Git#log} answers: of each commit, between NUL characters, an empty text, id, author, second and
     * subject, an empty text, and the files, the first of them behind a line feed. A record that is cut off is
     * left out.
     */
    public static List<Commit> parse(String log) {
        List<String> parts = Arrays.asList(log.split("\u0000", -1));
        List<Commit> commits = new ArrayList<>();
        int at = 0;
        while (at + 5 < parts.size() && parts.get(at).isEmpty()) {
            String id = parts.get(at + 1);
            String author = parts.get(at + 2);
            String second = parts.get(at + 3);
            String subject = parts.get(at + 4);
            int file = at + 6;
            List<String> files = new ArrayList<>();
            int more = 0;
            while (file < parts.size() && !parts.get(file).isEmpty()) {
                String name = parts.get(file);
                if (files.size() < MOST_FILES) {
                    files.add(files.isEmpty() && name.startsWith("\n") ? name.substring(1) : name);
                } else {
                    more++;
                }
                file++;
            }
            try {
                commits.add(
                        new Commit(id, author, Instant.ofEpochSecond(Long.parseLong(second)), subject, files, more));
            } catch (NumberFormatException | java.time.DateTimeException e) {
                break; // not what was asked for: whatever follows cannot be trusted either
            }
            at = file;
        }
        Collections.reverse(commits);
        return commits;
    }

    /**
     * The commits of each measured revision of a stretch, itself included.
     *
     * @param first place of the first revision
     * @param last place of the last one
     * @return by place; a revision that git does not know is not there
     */
    public Map<Integer, List<Commit>> between(Timeline timeline, int first, int last) {
        Map<Integer, List<Commit>> brought = new HashMap<>();
        for (int place = first; place <= last; place++) {
            OptionalInt end = indexOf(timeline, place);
            if (end.isPresent()) {
                int start = previous(timeline, place, end.getAsInt());
                brought.put(
                        place,
                        withMerged(oldestFirst.subList(
                                Math.max(start + 1, end.getAsInt() + 1 - MOST_BETWEEN), end.getAsInt() + 1)));
            }
        }
        return brought;
    }

    private OptionalInt indexOf(Timeline timeline, int place) {
        Integer index = places.get(clean(timeline.at(place).header().revision().commit()));
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The place of the nearest earlier measured revision in the log; before the log when there is none. */
    private int previous(Timeline timeline, int place, int end) {
        for (int earlier = place - 1; earlier >= 0; earlier--) {
            OptionalInt index = indexOf(timeline, earlier);
            if (index.isPresent() && index.getAsInt() < end) {
                return index.getAsInt();
            }
        }
        return end - 1; // nothing before it was measured: only itself
    }
}
