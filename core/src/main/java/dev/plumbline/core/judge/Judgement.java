package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.FollowedTriage;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conclusion about runs.
 *
 * @param runs those in question
 * @param series one for each series that they extend; those whose unit cannot be converted come last
 * @param missing what recent runs had and these have not, sorted
 * @param notes what else a reader should know, those of a kind in the order of their series
 * @param off points before the runs that are no evidence about their series, because their whole run was slow
 */
public record Judgement(
        List<RunInfo> runs, List<Judged> series, List<Missing> missing, List<Note> notes, List<PointKey> off) {
    /** One of runs behind which nothing was slow as a whole. */
    public Judgement(List<RunInfo> runs, List<Judged> series, List<Missing> missing, List<Note> notes) {
        this(runs, series, missing, notes, List.of());
    }

    public Judgement {
        runs = List.copyOf(runs);
        series = List.copyOf(series);
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
        off = List.copyOf(off);
    }

    /**
     * A series that was judged.
     *
     * @param finding with what people recorded about it
     * @param trial what was judged; empty where the unit cannot be converted
     * @param acceptance the acceptance that covers the change; empty where none does
     * @param followed the triage of the change on a branch that was squashed; may be empty
     * @param earlier the points before the judged ones that lie at the level of the change, the finding's
     *     {@linkplain Finding#since() first one} and later ones: too few to be called when they came
     * @param isBelow whether the change is an open one below the accepted level of the runs: they stay good, because
     *     the level is accepted
     * @param branch what the branch of the judged points has before them, where the trial is of another one's history
     */
    public record Judged(
            Finding finding,
            Optional<Trial> trial,
            Optional<Acceptance> acceptance,
            Optional<FollowedTriage> followed,
            List<PointKey> earlier,
            boolean isBelow,
            List<Point> branch) {
        public Judged {
            requireNonNull(finding, "finding");
            requireNonNull(trial, "trial");
            requireNonNull(acceptance, "acceptance");
            requireNonNull(followed, "followed");
            earlier = List.copyOf(earlier);
            branch = List.copyOf(branch);
        }

        /** One of a series that is judged against its own history. */
        public Judged(
                Finding finding,
                Optional<Trial> trial,
                Optional<Acceptance> acceptance,
                Optional<FollowedTriage> followed,
                List<PointKey> earlier,
                boolean isBelow) {
            this(finding, trial, acceptance, followed, earlier, isBelow, List.of());
        }

        /** The same with what the branch of the judged points has before them. */
        Judged on(List<Point> points) {
            return new Judged(finding, trial, acceptance, followed, earlier, isBelow, points);
        }

        /** One whose change has no triage on a branch that was squashed. */
        public Judged(Finding finding, Optional<Trial> trial, Optional<Acceptance> acceptance, List<PointKey> earlier) {
            this(finding, trial, acceptance, Optional.empty(), earlier, false);
        }

        /** The judged points; none where the unit cannot be converted. */
        public List<Point> points() {
            return trial.map(Trial::candidate).orElse(List.of());
        }

        /** The same with another finding of the same series. */
        public Judged with(Finding other) {
            return new Judged(other, trial, acceptance, followed, earlier, isBelow, branch);
        }

        /** Whether it is a regression of these runs that is neither accepted, nor a false alarm, nor disputed. */
        public boolean isBad() {
            return finding.verdict() instanceof Verdict.Regressed
                    && !isBelow
                    && !finding.isDisputed()
                    && acceptance.isEmpty()
                    && finding.alreadyOpen().isEmpty()
                    && finding.statement()
                            .filter(Annotation.FalseAlarm.class::isInstance)
                            .isEmpty();
        }

        /** @param branch of the points; those of other branches are left to the checks of these */
        private List<PointKey> keys(String branch) {
            return points().stream()
                    .filter(point -> point.run().header().revision().branch().equals(branch))
                    .map(point -> new PointKey(
                            point.run().id(),
                            finding.key().benchmark(),
                            finding.key().metric()))
                    .toList();
        }
    }

    /** The findings in the order of the series. */
    public List<Finding> findings() {
        return series.stream().map(Judged::finding).toList();
    }

    /** The judged series, in the order of the series. */
    public List<Trial> trials() {
        return series.stream().flatMap(one -> one.trial().stream()).toList();
    }

    /** The ids of the findings that do not fail the gate: people triaged them, or another branch has them. */
    public Set<String> annotated() {
        return findings().stream().filter(Finding::isKnown).map(Finding::id).collect(Collectors.toUnmodifiableSet());
    }

    /** The same with other findings of some series. */
    public Judgement with(Map<SeriesKey, Finding> findings) {
        return new Judgement(
                runs,
                series.stream()
                        .map(one -> Optional.ofNullable(
                                        findings.get(one.finding().key()))
                                .map(one::with)
                                .orElse(one))
                        .toList(),
                missing,
                notes,
                off);
    }

    /** The same where the beginning of the runs' branch is unknown, so that its expected benchmarks are not certain. */
    public Judgement withUnknownFork() {
        return new Judgement(
                runs,
                series.stream()
                        .map(one -> one.finding()
                                .alreadyOpen()
                                .map(open -> one.with(one.finding().with(open.unsure())))
                                .orElse(one))
                        .toList(),
                missing.stream().map(Missing::unsure).toList(),
                notes,
                off);
    }

    /**
     * The facts to record for later judgements.
     *
     * @param bad points that show a regression: no later reference uses them
     * @param taken points with which series took accepted levels
     * @param followed triages of changes of squashed branches, which apply to these changes from now on
     * @param checked the ids of the judged runs
     * @param off points of earlier runs that were slow as a whole: they are no regressions
     */
    public record Facts(
            List<PointKey> bad, List<Taken> taken, List<Triage> followed, List<String> checked, List<PointKey> off) {
        public Facts {
            bad = List.copyOf(bad);
            taken = List.copyOf(taken);
            followed = List.copyOf(followed);
            checked = List.copyOf(checked);
            off = List.copyOf(off);
        }
    }

    /**
     * A series that reached an accepted level.
     *
     * @param points the judged ones, at least one; the first is where the level begins
     */
    public record Taken(Acceptance acceptance, List<PointKey> points) {
        public Taken {
            requireNonNull(acceptance, "acceptance");
            points = List.copyOf(points);
        }
    }

    /** The facts to record. */
    public Facts facts() {
        String branch = runs.get(0).header().revision().branch();
        List<PointKey> bad = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        List<Triage> followed = new ArrayList<>();
        for (Judged one : series) {
            if (one.isBad()) {
                bad.addAll(one.keys(branch));
                bad.addAll(one.earlier());
            }
            // on another branch the finding is about the base's series, which has no such point
            boolean isOwn = one.finding().key().branch().equals(branch);
            // runs of the commit that were measured for another branch are no points of this series
            List<PointKey> onBranch = one.keys(branch);
            if (one.acceptance().isPresent() && isOwn && !onBranch.isEmpty()) {
                taken.add(new Taken(one.acceptance().get(), onBranch));
            }
            // a suspect may be chance, and would use up what covers one change alone
            if (one.finding().verdict() instanceof Verdict.Regressed) {
                one.followed().map(FollowedTriage::triage).ifPresent(followed::add);
            }
        }
        return new Facts(bad, taken, followed, runs.stream().map(RunInfo::id).toList(), off);
    }
}
