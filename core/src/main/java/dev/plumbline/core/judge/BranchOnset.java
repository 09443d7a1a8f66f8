package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledLevels;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the commit of a branch with which a change began that its newest runs show against the history of another
 * branch: the first of its commits, up to the judged one without a gap, that show the same change. Without that, each
 * further commit would take the blame of the one before, and an acceptance of the first would not cover the next.
 *
 * <p>An earlier commit is judged as if it were new, with its suite ({@link AskedSeries}), so that effects of a run on
 * all series do not count, unless its check already detected the change.
 */
final class BranchOnset {
    /** The share of the change that an earlier commit has to show. */
    private static final double HALF = 0.5;

    /** The most commits that are judged; those that checks detected cost nothing. */
    private static final int MOST_ASKED = 20;

    /** Two runs of one level are farther apart only by chance, in deviations of one run: two of their difference. */
    private static final double APART = 2 * Math.sqrt(2);

    /** A difference this small is never another change, however quiet the series is. */
    private static final double LEEWAY = 0.01;

    private final List<Trial> trials;
    private final List<List<Point>> before;
    private final Policies policies;
    private final Predicate<Finding> isAccepted;
    private final Map<String, Map<Integer, Finding>> asked = new HashMap<>();
    private boolean[] isChanged = {};

    /**
     * @param trials that led to the findings
     * @param before the points of the same branch before the judged ones, for each trial, in the unit of its history;
     *     none where the trial is of the branch's own history
     * @param policies by which the trials were judged
     * @param isAccepted whether an acceptance covers the change of a finding, whatever its size
     */
    BranchOnset(List<Trial> trials, List<List<Point>> before, Policies policies, Predicate<Finding> isAccepted) {
        this.isAccepted = isAccepted;
        this.trials = trials;
        this.before = before.stream().map(BranchOnset::committed).toList();
        this.policies = policies;
    }

    /** A working copy with changes is no commit in which anything could begin. */
    private static List<Point> committed(List<Point> points) {
        return points.stream()
                .filter(point -> !commit(point).isEmpty() && !commit(point).endsWith(Revision.DIRTY))
                .toList();
    }

    /** The findings with the commits at which their changes began, in the order of the trials. */
    List<Finding> dated(List<Finding> findings) {
        isChanged = new boolean[findings.size()];
        for (int i = 0; i < isChanged.length; i++) {
            isChanged[i] = isAsked(findings.get(i));
        }
        List<Finding> dated = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            dated.add(onset(finding, i)
                    .map(onset -> finding.beginning(onset.first(), onset))
                    .orElse(finding));
        }
        return dated;
    }

    /** Whether there is a change whose first commit may be an earlier one. */
    private static boolean isAsked(Finding finding) {
        boolean isChange =
                finding.verdict() instanceof Verdict.Regressed || finding.verdict() instanceof Verdict.Improved;
        return isChange && finding.alreadyOpen().isEmpty() && finding.baseline().isPresent();
    }

    private Optional<HistoryEvidence.EarlierOnBranch> onset(Finding finding, int place) {
        if (!isChanged[place]) {
            return Optional.empty();
        }
        List<Point> own = before.get(place);
        List<Point> shown = newestLevel(own.subList(beginOfShown(own, finding, place), own.size()), finding, place);
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        Revision first = shown.get(0).run().header().revision();
        if (isBeyond(trials.get(place).candidate(), shown, finding)
                && isAccepted.test(finding.beginning(first.commit()))) {
            return Optional.empty();
        }
        int commits = (int) shown.stream().map(BranchOnset::commit).distinct().count();
        return Optional.of(new HistoryEvidence.EarlierOnBranch(first.branch(), first.commit(), commits));
    }

    /** The index of the first point of the newest commits that show the change without a gap. */
    private int beginOfShown(List<Point> own, Finding finding, int place) {
        int shown = own.size();
        while (shown > 0) {
            String commit = commit(own.get(shown - 1));
            int begin = shown;
            while (begin > 0 && commit(own.get(begin - 1)).equals(commit)) {
                begin--;
            }
            if (!isShownBy(own.subList(begin, shown), finding, place)) {
                return shown;
            }
            shown = begin;
        }
        return shown;
    }

    /** Whether a check detected the runs of an earlier commit, or they show the change of a finding when judged now. */
    private boolean isShownBy(List<Point> runs, Finding finding, int place) {
        if (finding.verdict() instanceof Verdict.Regressed && runs.stream().allMatch(Point::judgedBad)) {
            return true;
        }
        double change = finding.verdict().effect().orElseThrow().relativeChange();
        return Optional.ofNullable(asked(commit(runs.get(0))).get(place))
                .filter(earlier -> earlier.verdict().kind() == finding.verdict().kind()
                        || earlier.verdict() instanceof Verdict.Inconclusive)
                .flatMap(earlier -> earlier.verdict().effect())
                .map(Effect::relativeChange)
                .filter(earlier -> earlier == change || earlier / change > HALF)
                .isPresent();
    }

    /** The points before the judged ones that lie on the same level as these: there may be another one on top of it. */
    private List<Point> newestLevel(List<Point> shown, Finding finding, int place) {
        if (shown.isEmpty()) {
            return shown;
        }
        Better better = finding.better();
        List<Point> history = trials.get(place).history().points();
        List<Point> all = Stream.of(history, shown, trials.get(place).candidate())
                .flatMap(List::stream)
                .toList();
        List<Integer> levels = CalledLevels.of(
                all,
                history.size(),
                finding.verdict() instanceof Verdict.Regressed ? better : opposite(better),
                finding.policy().margin());
        int newest = levels.get(levels.size() - 1) - history.size();
        return shown.subList(Math.min(newest, shown.size()), shown.size());
    }

    private static Better opposite(Better better) {
        return better == Better.LOWER ? Better.HIGHER : Better.LOWER;
    }

    /**
     * Whether the judged runs are so much worse than earlier ones that chance hardly explains it. What was accepted of
     * those does not hold for that, though it may be too little for a level of its own.
     */
    private static boolean isBeyond(List<Point> judged, List<Point> shown, Finding finding) {
        double level = finding.baseline().orElseThrow().level();
        double change = Effect.relativeChange(level, median(judged));
        double earlier = Effect.relativeChange(level, median(shown));
        double noise = finding.baseline().orElseThrow().deviation() * Math.abs(1 + change);
        double chance = LEEWAY + (Double.isFinite(noise) ? APART * noise : 0);
        return Math.abs(change) - Math.abs(earlier) > chance;
    }

    private static double median(List<Point> points) {
        return Location.median(points.stream().mapToDouble(Point::value).toArray());
    }

    /**
     * The findings of the runs of an earlier commit of the branch, by the place of the series; empty when there are too
     * many.
     */
    private Map<Integer, Finding> asked(String commit) {
        if (!asked.containsKey(commit) && asked.size() == MOST_ASKED) {
            return Map.of();
        }
        return asked.computeIfAbsent(commit, this::judged);
    }

    private Map<Integer, Finding> judged(String commit) {
        List<Integer> places = new ArrayList<>();
        List<Trial> suite = new ArrayList<>();
        IntPredicate isAsked = AskedSeries.of(trials.size(), i -> isChanged[i]);
        for (int i = 0; i < trials.size(); i++) {
            if (!isAsked.test(i)) {
                continue;
            }
            List<Point> points = before.get(i).stream()
                    .filter(point -> commit(point).equals(commit))
                    .toList();
            if (!points.isEmpty()) {
                places.add(i);
                suite.add(trials.get(i).with(points));
            }
        }
        List<Finding> findings = new Judge(policies).judge(suite.parallelStream());
        Map<Integer, Finding> judged = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            judged.put(places.get(i), findings.get(i));
        }
        return judged;
    }

    private static String commit(Point point) {
        return point.run().header().revision().commit();
    }
}
