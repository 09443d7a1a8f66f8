package dev.plumbline.report;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.EvidenceWords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The first line of a check or comparison: the result of the gate, and the number of benchmarks by result. */
public final class Headline {
    /** The commit of a run is unknown, and so is which runs came before it. */
    private static final String WITHOUT_COMMIT = "order and commit unknown: set --commit";

    /** The commit was given by hand where nothing knows which commits come before it. */
    private static final String WITHOUT_ORDER = "order and culprit unknown: no git or CI variables";

    private Headline() {}

    /** {@code FAIL  1 regression in this change · 3 improved · 62 unchanged · 48 within noise}. */
    public static String of(Report report) {
        return status(report.gate()) + "  " + counts(report);
    }

    /** The same as a sentence, with the reason that matters most. */
    public static String sentence(Report report) {
        String counts = words(parts(report));
        return status(report.gate()) + ": " + counts(report)
                + Words.gateReason(report)
                        .filter(reason -> !reason.equals(counts))
                        .map(" — "::concat)
                        .orElse("");
    }

    /** The state of the gate, in the word that people know from tests. */
    public static String status(GateDecision gate) {
        return switch (gate.state()) {
            case OPEN -> "PASS";
            case CLOSED -> "FAIL";
            case UNDECIDED -> "HOLD";
        };
    }

    /** Whether the gate passes although no benchmark was judged: new ones, another environment, another unit. */
    public static boolean isNothingJudged(Report report) {
        return report.gate().state() == GateDecision.State.OPEN
                && !report.findings().isEmpty()
                && report.missing().isEmpty()
                && report.benchmarks().stream()
                        .allMatch(answer -> answer.group() == Group.NOT_COMPARABLE
                                || answer.group() == Group.INCONCLUSIVE && DoubtWords.isTooEarly(answer.head()));
    }

    /** Whether a change began with a commit that was judged; of an unknown one that is not known. */
    public static boolean isOfThisChange(Finding finding, Report report) {
        return !finding.since().isEmpty()
                && report.candidates().stream()
                        .anyMatch(run -> run.header().revision().commit().equals(finding.since()));
    }

    /**
     * The counts of benchmarks by result, worst first: {@code 1 regression in this change · 14 unchanged}. Each counts
     * once, as the worst of its metrics that are not secondary, in whatever environment; that a secondary one regressed
     * is added, and an environment in which nothing is comparable is counted apart. Of a check of runs without a commit
     * the last part has what that leaves open; so it has of a commit that nothing puts in an order, and
     * of changes that are not committed.
     */
    public static String counts(Report report) {
        return words(parts(report))
                + (isWithoutCommit(report)
                        ? " · " + WITHOUT_COMMIT
                        : report.authors().isOrdered() ? "" : " · " + WITHOUT_ORDER)
                + uncommitted(report)
                        .map(commit -> " · uncommitted changes: no verdict on commit " + commit)
                        .orElse("");
    }

    /** The commit of a working copy with changes, whose runs are no evidence about it. */
    private static Optional<String> uncommitted(Report report) {
        return report.kind() != Report.Kind.CHECK
                ? Optional.empty()
                : report.candidates().stream()
                        .map(run -> run.header().revision())
                        .filter(revision -> revision.commit().endsWith(Revision.DIRTY))
                        .map(revision -> Revision.of(Revision.committed(revision.commit()), revision.branch())
                                .shortCommit())
                        .findFirst();
    }

    private static String words(List<Part> parts) {
        return parts.stream().map(Part::words).collect(Collectors.joining(" · "));
    }

    /** Files that are compared need none: they are not ordered. */
    private static boolean isWithoutCommit(Report report) {
        return report.kind() == Report.Kind.CHECK
                && !report.candidates().isEmpty()
                && report.candidates().stream()
                        .noneMatch(run -> run.header().revision().isKnown());
    }

    /**
     * The same, only for some reasons of the gate: {@code 1 missing · 1 too good to be true}; empty where there are
     * none.
     */
    public static String counts(Report report, List<GateReason> reasons) {
        Set<String> incomparable = report.benchmarks(Group.NOT_COMPARABLE).stream()
                .flatMap(BenchmarkAnswer::keys)
                .map(SeriesKey::id)
                .collect(Collectors.toSet());
        // what cannot be compared is counted as that, also where the gate has a reason for each benchmark
        Set<GateReason.Kind> kinds = reasons.stream()
                .map(reason -> incomparable.contains(reason.series()) && reason.kind() == GateReason.Kind.UNKNOWN
                        ? GateReason.Kind.NOTHING
                        : reason.kind())
                .collect(Collectors.toSet());
        return parts(report).stream()
                .filter(part -> part.kind().filter(kinds::contains).isPresent())
                .map(Part::words)
                .collect(Collectors.joining(" · "));
    }

    /** The number of benchmarks with one result, and its reason at the gate, where there is one. */
    private record Part(Optional<GateReason.Kind> kind, String words) {
        private Part(String words) {
            this(Optional.empty(), words);
        }
    }

    private static List<Part> parts(Report report) {
        if (isCopied(report)) {
            // verdicts on them are about nothing
            return List.of(new Part(Optional.of(GateReason.Kind.COPIED), "copied results"));
        }
        List<BenchmarkAnswer> all = report.benchmarks();
        Map<Group, List<BenchmarkAnswer>> groups =
                BenchmarkAnswer.once(all).stream().collect(Collectors.groupingBy(BenchmarkAnswer::group));
        List<BenchmarkAnswer> incomparable = of(Group.NOT_COMPARABLE, all);
        List<Part> parts = new ArrayList<>();
        regressions(groups.getOrDefault(Group.REGRESSED, List.of()), report, parts);
        add(GateReason.Kind.SUSPECT, size(groups, Group.SUSPECT), "possible regression", "possible regressions", parts);
        List<BenchmarkAnswer> missing = groups.getOrDefault(Group.MISSING, List.of());
        Set<BenchmarkAnswer.Place> unmeasured = report.missing().stream()
                .filter(Missing::isBenchmark)
                .map(one -> BenchmarkAnswer.Place.of(one.key()))
                .collect(Collectors.toSet());
        // the other metrics of a benchmark with a missing metric may be context, without findings
        Set<BenchmarkAnswer.Place> gone = missing.stream()
                .filter(BenchmarkAnswer::isGone)
                .map(answer -> BenchmarkAnswer.Place.of(answer.place()))
                .filter(unmeasured::contains)
                .collect(Collectors.toSet());
        gone(gone, report.missing(), parts);
        int inUnit = (int) missing.stream()
                .filter(answer -> !gone.contains(BenchmarkAnswer.Place.of(answer.place())))
                .filter(answer -> report.missing().stream()
                        .filter(one -> answer.missing().contains(one.key()))
                        .allMatch(one -> one.unit().isPresent()))
                .count();
        int lacking = missing.size() - gone.size() - inUnit;
        add(GateReason.Kind.MISSING, lacking, "missing a metric", "missing a metric", parts);
        add(GateReason.Kind.MISSING, inUnit, "changed its unit", "changed their unit", parts);
        OverLimit limits = new OverLimit(report);
        int beyond = count(all, answer -> answer.findings().stream().anyMatch(limits::contains));
        add(GateReason.Kind.BUDGET, beyond, "beyond a limit of the gate", "beyond a limit of the gate", parts);
        int tooGood = tooGood(of(Group.IMPROVED, all), report);
        add(GateReason.Kind.TOO_GOOD, tooGood, "too good to be true", "too good to be true", parts);
        boolean isIncomparable = report.gate().trace().stream()
                .anyMatch(reason -> reason.kind() == GateReason.Kind.NOTHING && isStopping(reason));
        if (isIncomparable) {
            incomparable(incomparable, all, parts);
        }
        List<GateReason> young =
                report.gate().trace().stream().filter(GateStop::isYoung).toList();
        young(young.stream().filter(Headline::isStopping).toList(), parts);
        List<BenchmarkAnswer> open = groups.getOrDefault(Group.INCONCLUSIVE, List.of());
        int early = (int) open.stream()
                .filter(answer -> DoubtWords.isTooEarly(answer.head()))
                .count();
        int disagreeing = (int) open.stream()
                .filter(answer -> DoubtWords.isDisagreement(answer.head()))
                .count();
        if (disagreeing > 0) {
            parts.add(new Part(
                    Optional.of(GateReason.Kind.UNKNOWN),
                    "runs disagree on " + Words.count(disagreeing, "benchmark", "benchmarks")));
        }
        int judged = size(groups, Group.IMPROVED)
                + size(groups, Group.UNCHANGED)
                + size(groups, Group.KNOWN)
                + open.size()
                - early;
        if (parts.isEmpty() && judged > 0) {
            noRegression(groups.getOrDefault(Group.KNOWN, List.of()))
                    .map(Part::new)
                    .ifPresent(parts::add);
        } else if (parts.isEmpty() && early > 0 && young.isEmpty()) {
            parts.add(new Part("nothing judged yet"));
        }
        if (!isIncomparable) {
            incomparable(incomparable, all, parts);
        }
        add(size(groups, Group.IMPROVED) - tooGood, "improved", "improved", parts);
        known(groups.getOrDefault(Group.KNOWN, List.of()), parts);
        add(size(groups, Group.UNCHANGED), "unchanged", "unchanged", parts);
        int small = (int) open.stream()
                .filter(answer -> DoubtWords.isSmall(answer.head()))
                .count();
        add(small, "small change", "small changes", parts);
        int asking = (int) open.stream()
                .filter(answer -> !DoubtWords.isTooEarly(answer.head()))
                .filter(answer -> !DoubtWords.isSmall(answer.head()) && !DoubtWords.isDisagreement(answer.head()))
                .filter(DoubtWords.asksForAction(report))
                .count();
        add(GateReason.Kind.UNKNOWN, asking, "inconclusive", "inconclusive", parts);
        int quiet = open.size() - early - small - disagreeing - asking;
        // where nothing moved beyond noise there is nothing to do
        add(quiet, DoubtWords.WITHIN_NOISE, DoubtWords.WITHIN_NOISE, parts);
        young(young.stream().filter(reason -> !isStopping(reason)).toList(), parts);
        add(GateReason.Kind.NEW, early, "too new", "too new", parts);
        int aside = count(all, BenchmarkAnswer::isWorseAside);
        if (aside > 0) {
            parts.add(new Part("secondary metrics of " + Words.count(aside, "benchmark", "benchmarks") + " regressed"));
        }
        if (parts.isEmpty() && report.gate().state() == GateDecision.State.OPEN) {
            parts.add(new Part("no change is possible"));
        } else if (parts.isEmpty()) {
            parts.add(new Part(
                    Optional.of(GateReason.Kind.NOTHING),
                    report.context().isEmpty() ? "nothing was measured" : "nothing was judged"));
        }
        return parts;
    }

    /** Whether the results are those of an earlier commit, so that no verdict on them means anything. */
    public static boolean isCopied(Report report) {
        return report.gate().deciding().stream().anyMatch(reason -> reason.kind() == GateReason.Kind.COPIED);
    }

    /** The ids of the series that stop the gate because they are too good to be true. */
    public static Set<String> tooGood(Report report) {
        return report.gate().trace().stream()
                .filter(reason -> reason.kind() == GateReason.Kind.TOO_GOOD && isStopping(reason))
                .map(GateReason::series)
                .collect(Collectors.toSet());
    }

    /** The number of improved benchmarks that stop the gate because they are too good. */
    private static int tooGood(List<BenchmarkAnswer> improved, Report report) {
        Set<String> stopping = tooGood(report);
        // mostly there is none, and no finding needs to be asked for its id
        return stopping.isEmpty()
                ? 0
                : count(improved, answer -> answer.findings().stream()
                        .anyMatch(finding -> stopping.contains(finding.key().id())));
    }

    private static List<BenchmarkAnswer> of(Group group, List<BenchmarkAnswer> all) {
        return all.stream().filter(answer -> answer.group() == group).toList();
    }

    /** The number of benchmarks with a matching answer in any environment. */
    private static int count(List<BenchmarkAnswer> answers, Predicate<BenchmarkAnswer> isMeant) {
        return (int) answers.stream()
                .filter(isMeant)
                .map(answer -> answer.place().benchmark())
                .distinct()
                .count();
    }

    private static boolean isStopping(GateReason reason) {
        return reason.effect() != GatePolicy.Effect.PASS;
    }

    /** Environments with a young history, whose base branch has a longer one in another. */
    private static void young(List<GateReason> young, List<Part> parts) {
        young.forEach(reason -> parts.add(new Part(Optional.of(reason.kind()), GateWords.of(reason))));
    }

    /** Counts the benchmarks that cannot be compared, with their environment where the others have comparable ones. */
    private static void incomparable(List<BenchmarkAnswer> none, List<BenchmarkAnswer> all, List<Part> parts) {
        Set<String> environments =
                none.stream().map(answer -> answer.place().environment()).collect(Collectors.toSet());
        boolean isOne = environments.size() == 1
                && all.stream()
                        .anyMatch(
                                answer -> !environments.contains(answer.place().environment()))
                && all.stream()
                        .filter(answer -> environments.contains(answer.place().environment()))
                        .allMatch(answer -> answer.group() == Group.NOT_COMPARABLE);
        String what = "not comparable"
                + (isOne ? " in environment " + environments.iterator().next() : "");
        // of several environments this one is named; else what is judged in another one is counted as that
        Set<BenchmarkAnswer.Place> counted = BenchmarkAnswer.once(all).stream()
                .map(answer -> BenchmarkAnswer.Place.of(answer.place()))
                .collect(Collectors.toSet());
        int count = count(none, answer -> isOne || counted.contains(BenchmarkAnswer.Place.of(answer.place())));
        add(GateReason.Kind.NOTHING, count, what, what, parts);
    }

    /** Benchmarks that are gone, and apart from them those that became others wherever they are missing. */
    private static void gone(Set<BenchmarkAnswer.Place> gone, List<Missing> missing, List<Part> parts) {
        Collection<List<Missing>> benchmarks = missing.stream()
                .filter(Missing::isBenchmark)
                .filter(one -> gone.contains(BenchmarkAnswer.Place.of(one.key())))
                .collect(Collectors.groupingBy(one -> BenchmarkAnswer.Place.of(one.key())))
                .values();
        int renamed = all(benchmarks, one -> one.renamed().isPresent());
        int inMode =
                all(benchmarks, one -> one.renamed().isEmpty() && one.mode().isPresent());
        add(GateReason.Kind.MISSING, benchmarks.size() - renamed - inMode, "missing", "missing", parts);
        add(GateReason.Kind.MISSING, renamed, "looks renamed", "look renamed", parts);
        add(GateReason.Kind.MISSING, inMode, "in another JMH mode", "in another JMH mode", parts);
    }

    private static int all(Collection<List<Missing>> benchmarks, Predicate<Missing> isMeant) {
        return (int) benchmarks.stream()
                .filter(all -> all.stream().allMatch(isMeant))
                .count();
    }

    private static void regressions(List<BenchmarkAnswer> all, Report report, List<Part> parts) {
        if (report.kind() == Report.Kind.COMPARISON) {
            comparedRegressions(all, report, parts);
            return;
        }
        Passing passing = new Passing(report);
        Predicate<BenchmarkAnswer> isDisputed = answer -> DoubtWords.isDisagreement(answer.head());
        add(
                GateReason.Kind.SUSPECT,
                count(all, isDisputed),
                "regression in only half of the runs of this commit",
                "regressions in only half of the runs of this commit",
                parts);
        List<BenchmarkAnswer> regressed =
                all.stream().filter(isDisputed.negate()).toList();
        if (!report.authors().isOrdered()) {
            add(regressed, any -> true, "", "", passing, parts);
            muted(regressed, report, passing, parts);
            return;
        }
        int ofBase = regressed.stream()
                .filter(answer -> isOfThisChange(answer.head(), report))
                .mapToInt(answer -> report.authors().ofBase(answer.head().since()))
                .max()
                .orElse(0);
        String here = ofBase == 0
                ? "in this change"
                : "in this change or " + Words.count(ofBase, "unmeasured commit", "unmeasured commits") + " before it";
        add(regressed, answer -> isOfThisChange(answer.head(), report), here, here, passing, parts);
        add(regressed, answer -> answer.head().since().isEmpty(), "", "", passing, parts);
        add(
                regressed,
                answer -> EvidenceWords.isEarlierOnBranch(answer.head()),
                "from an earlier commit of this branch",
                "from earlier commits of this branch",
                passing,
                parts);
        add(
                regressed,
                answer -> !isOfThisChange(answer.head(), report)
                        && !answer.head().since().isEmpty()
                        && !EvidenceWords.isEarlierOnBranch(answer.head()),
                "from an earlier commit",
                "from earlier commits",
                passing,
                parts);
        muted(regressed, report, passing, parts);
    }

    private static void muted(List<BenchmarkAnswer> regressed, Report report, Passing passing, List<Part> parts) {
        Set<String> mutedSeries = GateWords.muted(report);
        int muted = mutedSeries.isEmpty()
                ? 0
                : (int) regressed.stream()
                        .filter(answer -> answer.findings().stream()
                                .anyMatch(finding ->
                                        mutedSeries.contains(finding.key().id())))
                        .count();
        if (muted > 0) {
            parts.add(new Part(
                    regressed.size() == muted
                            ? muted == 1 ? "it is muted" : "all of them are muted"
                            : muted + " of them muted"));
        } else {
            passing.words(regressed).map(Part::new).ifPresent(parts::add);
        }
    }

    /** Regressions of one kind: where all of them pass because they are small, how small. */
    private static void add(
            List<BenchmarkAnswer> regressed,
            Predicate<BenchmarkAnswer> isMeant,
            String one,
            String many,
            Passing passing,
            List<Part> parts) {
        List<BenchmarkAnswer> meant = regressed.stream().filter(isMeant).toList();
        String size = passing.size(meant).map(word -> word + " ").orElse("");
        add(
                GateReason.Kind.REGRESSION,
                meant.size(),
                (size + "regression " + one).strip(),
                (size + "regressions " + many).strip(),
                parts);
    }

    /** The regressions that the gate passes, so that the headline of a pass does not read like that of a failure. */
    private static final class Passing {
        private final Set<String> passed;
        private final Set<String> stopping;

        Passing(Report report) {
            passed = series(report, reason -> !isStopping(reason));
            stopping = series(report, Headline::isStopping);
        }

        private static Set<String> series(Report report, Predicate<GateReason> isMeant) {
            return report.gate().trace().stream()
                    .filter(reason -> reason.kind() == GateReason.Kind.REGRESSION)
                    .filter(isMeant)
                    .map(GateReason::series)
                    .collect(Collectors.toSet());
        }

        /** {@code minor} or {@code major}, where all of them pass and are so; empty where one does not pass. */
        Optional<String> size(List<BenchmarkAnswer> answers) {
            Set<Severity> sizes =
                    answers.stream().map(answer -> answer.head().severity()).collect(Collectors.toSet());
            return sizes.size() == 1
                            && (sizes.contains(Severity.MINOR) || sizes.contains(Severity.MAJOR))
                            && answers.stream().allMatch(this::isPassing)
                    ? sizes.stream().findFirst().map(Words::lower)
                    : Optional.empty();
        }

        /** A note that all of them pass, where their sizes do not show it. */
        Optional<String> words(List<BenchmarkAnswer> answers) {
            boolean isSaid = size(answers).isPresent();
            return answers.isEmpty() || isSaid || !answers.stream().allMatch(this::isPassing)
                    ? Optional.empty()
                    : Optional.of(answers.size() == 1 ? "it does not fail the gate" : "none of them fails the gate");
        }

        private boolean isPassing(BenchmarkAnswer answer) {
            List<String> series = answer.findings().stream()
                    .map(finding -> finding.key().id())
                    .toList();
            return series.stream().anyMatch(passed::contains) && series.stream().noneMatch(stopping::contains);
        }
    }

    /**
     * Adds the regressions of a comparison; where the sides differ in more than the code, they do not count as
     * regressions of it.
     */
    private static void comparedRegressions(List<BenchmarkAnswer> regressed, Report report, List<Part> parts) {
        Optional<CauseFacts.OtherSide> other = report.gate().trace().stream()
                .flatMap(reason -> CauseFacts.of(reason.cause()).otherSide().stream())
                .findFirst();
        if (other.isPresent()) {
            String what = "worse, and " + other.get().words();
            add(GateReason.Kind.REGRESSION, regressed.size(), what, what, parts);
            return;
        }
        Passing passing = new Passing(report);
        add(regressed, answer -> true, "", "", passing, parts);
        passing.words(regressed).map(Part::new).ifPresent(parts::add);
    }

    /** Counts the triaged benchmarks; those that the base branch had before have lines of their own. */
    private static void known(List<BenchmarkAnswer> known, List<Part> parts) {
        for (Annotation.Kind kind : Annotation.Kind.values()) {
            int count = (int) known.stream()
                    .filter(answer -> answer.head()
                            .statement()
                            .filter(one -> one.kind() == kind)
                            .isPresent())
                    .count();
            String many =
                    switch (kind) {
                        case FALSE_ALARM -> "false alarms";
                        case FIXED -> "fixes promised";
                        case ACKNOWLEDGED, ACCEPTED, MUTED -> TriageWords.state(kind);
                    };
            add(count, TriageWords.state(kind), many, parts);
        }
        known.stream()
                .map(BenchmarkAnswer::head)
                .filter(TriageWords::isElsewhere)
                .collect(Collectors.groupingBy(
                        finding ->
                                TriageWords.openElsewhere(finding.alreadyOpen().orElseThrow()),
                        TreeMap::new,
                        Collectors.counting()))
                .forEach((what, count) -> add(count.intValue(), what, what, parts));
    }

    /** Empty where it is unknown whose regressions those are that the base branch has too. */
    private static Optional<String> noRegression(List<BenchmarkAnswer> known) {
        if (known.isEmpty()) {
            return Optional.of("no regression");
        }
        return known.stream()
                        .flatMap(answer -> answer.head().alreadyOpen().stream())
                        .allMatch(AlreadyOpen::isSure)
                ? Optional.of("no new regression")
                : Optional.empty();
    }

    private static int size(Map<Group, List<BenchmarkAnswer>> groups, Group group) {
        return groups.getOrDefault(group, List.of()).size();
    }

    private static void add(int count, String one, String many, List<Part> parts) {
        if (count > 0) {
            parts.add(new Part(Words.count(count, one, many)));
        }
    }

    private static void add(GateReason.Kind kind, int count, String one, String many, List<Part> parts) {
        if (count > 0) {
            parts.add(new Part(Optional.of(kind), Words.count(count, one, many)));
        }
    }
}
