package dev.plumbline.pipeline.snapshot.branch;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.repository.Git;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recorded runs of a branch whose commits are no longer on it, as after a force-push. They stay in the history, and
 * are no part of what the branch is judged by.
 *
 * <p>Only what git knows for certain counts. A shallow clone knows nothing. A commit that git has is dropped if neither
 * the newest commit of the branch leads to it nor it descends from that. One that git does not have is dropped if it
 * cannot be a later one: as many commits led to it as to the judged one, or fewer, or it was made before that.
 */
public final class DroppedRuns {
    /** An id in full; others may be short, or no ids of git at all. */
    private static final Pattern WHOLE_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** Of a branch that has all its commits, as far as git knows. */
    public static final DroppedRuns NONE = new DroppedRuns("", "", Set.of(), Set.of(), 0);

    private final String branch;
    private final String head;
    private final Set<String> commits;
    private final Set<String> perhaps;
    private final int needed;

    /** @param perhaps the commits that git does not have and that may be later ones, or no longer on the branch */
    private DroppedRuns(String branch, String head, Set<String> commits, Set<String> perhaps, int needed) {
        this.branch = branch;
        this.head = head;
        this.commits = commits;
        this.perhaps = perhaps;
        this.needed = needed;
    }

    /**
     * The dropped runs among those of a branch.
     *
     * @param branch of all the runs
     * @param head the commit from which the branch is seen: the judged one, or that with which another one left it
     * @param recorded the runs of the branch
     * @param needed how many runs a history needs before anything is judged against it
     */
    public static DroppedRuns of(String branch, String head, List<RunInfo> recorded, int needed, Git git) {
        Map<String, Revision> others = new LinkedHashMap<>();
        for (RunInfo run : recorded) {
            String commit = commitOf(run);
            if (WHOLE_ID.matcher(commit).matches() && !commit.equals(head)) {
                others.put(commit, run.header().revision());
            }
        }
        Optional<Set<String>> ancestors = head.isEmpty() || others.isEmpty() ? Optional.empty() : git.ancestors(head);
        if (ancestors.isEmpty()) {
            return NONE;
        }
        others.keySet().removeAll(ancestors.get());
        if (others.isEmpty() || git.isShallow()) {
            return NONE;
        }
        Set<String> tips = new LinkedHashSet<>();
        git.tipsWith(head).forEach((name, tip) -> {
            if (isOf(name, branch)) {
                tips.add(tip);
            }
        });
        Set<String> gone = new HashSet<>(
                git.notLeadingTo(others.keySet(), tips.isEmpty() ? Set.of(head) : tips, tips.isEmpty() ? head : ""));
        Set<String> unknown = git.unknown(others.keySet());
        Set<String> perhaps = new HashSet<>();
        if (!unknown.isEmpty()) {
            long position = git.position(head).orElse(0L);
            Optional<Instant> made = git.second(head).map(Instant::ofEpochSecond);
            for (String commit : unknown) {
                Revision one = others.get(commit);
                if (one.position().isPresent()) {
                    boolean isNoLater = one.position().getAsLong() <= position || isBefore(one, made);
                    (isNoLater ? gone : perhaps).add(commit);
                }
            }
        }
        return gone.isEmpty() && perhaps.isEmpty() ? NONE : new DroppedRuns(branch, head, gone, perhaps, needed);
    }

    /** Whether a commit was made before the one from which the branch is seen: it does not descend from that. */
    private static boolean isBefore(Revision one, Optional<Instant> made) {
        return one.commitTime().flatMap(time -> made.filter(time::isBefore)).isPresent();
    }

    /** Whether the name of a branch, here or with the folders of a remote, is that of another one. */
    private static boolean isOf(String name, String branch) {
        return name.equals(branch) || name.startsWith("refs/") && name.endsWith("/" + branch);
    }

    private static String commitOf(RunInfo run) {
        return Revision.committed(run.header().revision().commit());
    }

    public boolean areNone() {
        return commits.isEmpty();
    }

    public boolean contains(RunInfo run) {
        return commits.contains(commitOf(run));
    }

    /**
     * A series of the branch without these runs. If too few other runs are left for a judgement, it begins with those
     * that no check judged bad: they show the level before the branch was rewritten. The runs with which it took an
     * accepted level stay where the acceptance still holds, as after a rebase.
     *
     * @param annotations as they apply to the commit from which the branch is seen
     */
    public Series without(Series series, Annotations annotations) {
        List<Point> points = series.points();
        if (areNone()
                || !series.key().branch().equals(branch)
                || points.stream().noneMatch(this::isDropped)) {
            return series;
        }
        Set<String> accepted = annotations.acceptedRuns(series.key());
        List<Point> kept = points.stream()
                .filter(point ->
                        !isDropped(point) || accepted.contains(point.run().id()))
                .toList();
        long others = kept.stream()
                .filter(point -> !commitOf(point.run()).equals(head))
                .count();
        return series.withPoints(
                others >= needed
                        ? kept
                        : Stream.concat(
                                        points.stream()
                                                .filter(point -> isDropped(point)
                                                        && !point.judgedBad()
                                                        && !accepted.contains(
                                                                point.run().id())),
                                        kept.stream())
                                .toList());
    }

    private boolean isDropped(Point point) {
        return contains(point.run());
    }

    /** All runs of the branch, the dropped ones first: none of them comes between commits of the branch. */
    public List<RunInfo> first(List<RunInfo> runs) {
        return areNone()
                ? runs
                : Stream.concat(
                                runs.stream().filter(this::contains),
                                runs.stream().filter(run -> !contains(run)))
                        .toList();
    }

    /**
     * The number of these runs in the series of a judgement.
     *
     * @param leftOut those without any series left
     * @param kept that are a part of the reference all the same, because too few others are there
     * @param unsure whose commits git does not have, so that they may be later ones or no longer on the branch
     */
    public record Counts(int leftOut, int kept, int unsure) {
        public static final Counts NONE = new Counts(0, 0, 0);
    }

    /** @param before the series before they were taken {@linkplain #without out}, and {@code after} that */
    public Counts counts(List<Series> before, List<Series> after) {
        if (areNone() && perhaps.isEmpty()) {
            return Counts.NONE;
        }
        Set<String> kept = ids(after, commits);
        return new Counts(
                ids(before, commits).size() - kept.size(),
                kept.size(),
                ids(after, perhaps).size());
    }

    private static Set<String> ids(List<Series> series, Set<String> commits) {
        return series.stream()
                .flatMap(one -> one.points().stream())
                .filter(point -> commits.contains(commitOf(point.run())))
                .map(point -> point.run().id())
                .collect(Collectors.toSet());
    }

    /**
     * The same judgement, where no change begins with a dropped commit: with the first commit behind it that the branch
     * has.
     *
     * @param judged the series of the judgement, in their order
     */
    public Judgement dated(Judgement judgement, List<Series> judged) {
        if (areNone()) {
            return judgement;
        }
        Map<SeriesKey, Finding> dated = new HashMap<>();
        for (Finding finding : judgement.findings()) {
            if (finding.key().branch().equals(branch) && commits.contains(Revision.committed(finding.since()))) {
                judged.stream()
                        .filter(series -> series.key().equals(finding.key()))
                        .findFirst()
                        .flatMap(series -> firstBehind(series, finding.since()))
                        .ifPresent(commit -> dated.put(finding.key(), finding.beginning(commit)));
            }
        }
        return dated.isEmpty() ? judgement : judgement.with(dated);
    }

    private Optional<String> firstBehind(Series series, String commit) {
        List<Point> points = series.points();
        int last = points.size() - 1;
        while (last >= 0 && !points.get(last).run().header().revision().commit().equals(commit)) {
            last--;
        }
        return points.subList(last + 1, points.size()).stream()
                .filter(point -> !isDropped(point))
                .map(point -> point.run().header().revision().commit())
                .findFirst();
    }
}
