package dev.plumbline.report;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.judge.Note;
import dev.plumbline.core.judge.level.WithdrawnRuns;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.evidence.ReachWords;
import dev.plumbline.report.evidence.RunValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The notes of a judgement in sentences, those of a kind in one. */
public final class NoteWords {
    private final List<Note> notes;
    private final List<Finding> findings;
    private final String baseBranch;
    private final String milestone;

    private NoteWords(List<Note> notes, List<Finding> findings, String baseBranch, String milestone) {
        this.notes = notes;
        this.findings = findings;
        this.baseBranch = baseBranch;
        this.milestone = milestone;
    }

    /**
     * The sentences.
     *
     * @param findings what was judged: a run that others of its commit outvoted is named
     * @param baseBranch whose history or baselines are the reference
     * @param milestone since which losses are added up; empty text where none are
     */
    public static List<String> of(List<Note> notes, List<Finding> findings, String baseBranch, String milestone) {
        return new NoteWords(notes, findings, baseBranch, milestone).words();
    }

    /** The losses in unchecked runs: one sentence for each level that the new run is judged against. */
    public static List<String> unjudged(List<Note.UnjudgedLoss> losses) {
        return Stream.of(true, false)
                .flatMap(isReference -> unjudged(losses, isReference).stream())
                .toList();
    }

    private static String ofBranches(List<String> branches) {
        return branches.isEmpty()
                ? ""
                : " and those of " + (branches.size() == 1 ? "branch " : "branches ") + String.join(", ", branches);
    }

    private static Optional<String> unjudged(List<Note.UnjudgedLoss> losses, boolean isReference) {
        List<Note.UnjudgedLoss> those = losses.stream()
                .filter(loss -> loss.isReference() == isReference)
                .toList();
        return those.stream()
                .findFirst()
                .map(largest -> StepWords.unjudged(
                        those.size(), largest.series(), largest.step(), largest.since(), isReference));
    }

    public static final String DRY_RUN = "a dry run: nothing was recorded";

    private static final String IF_INTENDED = "if a regression is intended: ";

    private static final String RECOVERED = "recovered: ";

    private static final String OUTVOTED = "; the majority decides";

    private static final String NOT_IN_GATE = " not affect the gate";

    private static final String NOT_JUDGED = "kept but not judged: ";

    private static final String IF_REMOVED = "if what is missing was removed on purpose: ";

    private static final String IF_OTHER_UNIT = "if the new unit is intended: ";

    /** Whether the judged runs are in the history: without them there is nothing to explain or accept. */
    public static boolean isRecorded(Report report) {
        return report.kind() == Report.Kind.CHECK && !report.notes().contains(DRY_RUN);
    }

    /**
     * The command that accepts regressions.
     *
     * @param open the regressions without a triage, the worst first
     * @return nothing where there is none
     */
    public static Optional<String> howToAccept(List<Finding> open) {
        return open.stream()
                .findFirst()
                .map(worst -> IF_INTENDED + "plumb accept " + worst.id() + " --reason WHY"
                        + (open.size() > 1 ? "; plumb explain '*' has the ids of the others" : ""));
    }

    /**
     * The command that accepts that something is no longer measured, or only in another unit, which no number of
     * commits makes expected.
     *
     * @param missing what does not pass the gate
     * @param commits the number of commits, most of which must lack it for the same effect
     * @return nothing where nothing is missing
     */
    public static Optional<String> howToAcceptMissing(List<Missing> missing, int commits) {
        return missing.stream()
                .min(Comparator.comparing((Missing one) -> one.unit().isPresent())
                        .thenComparing(one -> one.renamed().isPresent()))
                .map(first -> first.unit().isPresent()
                        ? IF_OTHER_UNIT + "plumb accept " + first.id() + " --reason WHY"
                                + MissingWords.firstOf(MissingWords.alike(first, missing))
                                + "; the gate holds until then"
                        : IF_REMOVED + "plumb accept " + first.id() + " --reason WHY"
                                + MissingWords.firstOf(MissingWords.alike(first, missing))
                                + (MissingWords.alike(first, missing) > 1
                                        ? "; a pattern for names, such as 'Sort.*', in the place of the id accepts several"
                                        : "")
                                + "; otherwise it is no longer expected once most of the newest " + commits
                                + " commits before it lack it");
    }

    /**
     * Whether a note only counts changes that the headline counts, and the rows show, as accepted or triaged. The row
     * of an accepted improvement does not.
     */
    public static boolean isCount(String note, Report report) {
        return note.endsWith(NOT_IN_GATE)
                && Character.isDigit(note.charAt(0))
                && !report.benchmarks(Group.KNOWN).isEmpty();
    }

    /** Whether a note asks for no action. */
    public static boolean isDetail(String note) {
        return note.startsWith(NOT_JUDGED);
    }

    /** Whether a note names a run that the others of its commit outvoted. */
    public static boolean isOutvoted(String note) {
        return note.endsWith(OUTVOTED);
    }

    /** Whether a note reports that a regression is over, which a page shows above its details. */
    public static boolean isRecovered(String note) {
        return note.startsWith(RECOVERED);
    }

    /** Whether a note is one of those. */
    public static boolean isHowToAccept(String note) {
        return isHowToAcceptChange(note) || note.startsWith(IF_REMOVED) || note.startsWith(IF_OTHER_UNIT);
    }

    public static boolean isHowToAcceptChange(String note) {
        return note.startsWith(IF_INTENDED);
    }

    private record Outvoted(Finding finding, Warning.Outvoted runs) {}

    /** Of each commit, what lies farthest from its other runs first. */
    private Map<String, List<Outvoted>> outvoted() {
        Map<String, List<Outvoted>> byCommit = new LinkedHashMap<>();
        findings.stream()
                .flatMap(finding -> finding.warnings().stream()
                        .filter(Warning.Outvoted.class::isInstance)
                        .map(warning -> new Outvoted(finding, (Warning.Outvoted) warning)))
                .sorted(Comparator.comparing(one -> -Math.abs(one.runs.apart())))
                .forEach(one -> byCommit.computeIfAbsent(one.runs.commit(), commit -> new ArrayList<>())
                        .add(one));
        return byCommit;
    }

    /** {@code 1 of 3 runs of commit 3f2a1c9d00 was 41 % slower in Sort.quick time (141 ms, the others 100 ms); …}. */
    private static String outvoted(List<Outvoted> ofCommit) {
        Outvoted farthest = ofCommit.get(0);
        Warning.Outvoted runs = farthest.runs;
        Finding finding = farthest.finding;
        return runs.leftOut() + " of " + runs.runs() + " runs of "
                + (runs.commit().isEmpty() ? "one commit" : "commit " + runs.commit()) + " "
                + Words.moved(runs.leftOut() == 1 ? "was" : "were", runs.apart(), finding.unit(), finding.better())
                + " in " + Words.label(finding.key()) + " " + finding.key().metric() + " ("
                + RunValues.of(runs.values(), finding.unit()) + ", the others "
                + Quantity.of(runs.level(), finding.unit()) + ")"
                + (ofCommit.size() == 1 ? "" : ", and in " + (ofCommit.size() - 1) + " more series")
                + OUTVOTED;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        Map<String, List<Outvoted>> outvoted = outvoted();
        outvoted.values().stream().map(NoteWords::outvoted).forEach(words::add);
        of(Note.JudgedTogether.class).stream()
                .map(note -> note.runs() + " runs of commit " + note.commit()
                        + " are judged together, including those before this check"
                        + ofBranches(note.elsewhere())
                        + (outvoted.containsKey(note.commit()) ? "" : "; where they disagree, the majority decides"))
                .forEach(words::add);
        add(
                words,
                Note.NoBaseline.class,
                count -> (count == 1 ? "1 series has" : count + " series have") + " no baseline and "
                        + (count == 1 ? "is" : "are") + " judged by the history");
        add(
                words,
                Note.SupersededBaseline.class,
                count -> (count == 1 ? "1 series is" : count + " series are")
                        + " judged by the history since the newest acceptance, because the baseline has too few"
                        + " runs since then");
        add(
                words,
                Note.ThinBaseline.class,
                count -> (count == 1 ? "the baseline of 1 series has" : "the baselines of " + count + " series have")
                        + " too few runs to judge against; record more runs, then re-establish: plumb"
                        + " baseline establish");
        otherUnit().ifPresent(words::add);
        slowRun().ifPresent(words::add);
        recovered().ifPresent(words::add);
        repaired().ifPresent(words::add);
        early().ifPresent(words::add);
        largestLoss().ifPresent(words::add);
        onTop().ifPresent(words::add);
        add(
                words,
                Note.ShortBeforeMilestone.class,
                count -> (count == 1 ? "1 series has" : count + " series have") + " too few runs up to " + milestone
                        + " to add up small regressions since then");
        add(
                words,
                Note.BaselineAfterFork.class,
                count -> (count == 1 ? "the baseline of 1 series is" : "the baselines of " + count + " series are")
                        + " newer than this branch; judged by the history of " + baseBranch + " up to the fork");
        add(
                words,
                Note.ShortBeforeFork.class,
                count -> baseBranch + " has too few runs up to where this branch forked; "
                        + (count == 1 ? "1 series is" : count + " series are")
                        + " judged with its later runs too, as long as their level stayed");
        swings().ifPresent(words::add);
        of(Note.ContextMetrics.class).stream().map(NoteWords::context).forEach(words::add);
        of(Note.NotMeasured.class).stream()
                .map(note -> note.metric() + ", a secondary metric, was not measured for "
                        + Words.count(note.benchmarks(), "benchmark", "benchmarks")
                        + " that had it; this does not count as missing")
                .forEach(words::add);
        acceptedMissing().ifPresent(words::add);
        alreadyMissing().ifPresent(words::add);
        of(Note.OutgrownChange.class).stream().map(NoteWords::outgrown).forEach(words::add);
        elsewhere(Note.AcceptedElsewhere.class, Note.AcceptedElsewhere::from, Note.AcceptedElsewhere::series)
                .forEach(words::add);
        elsewhere(Note.AcceptedUnmerged.class, Note.AcceptedUnmerged::from, Note.AcceptedUnmerged::series)
                .forEach(words::add);
        of(Note.AcceptedPicked.class).stream()
                .map(note -> note.series().benchmark().label() + ": " + ReachWords.picked(note.from(), note.finding()))
                .forEach(words::add);
        add(words, Note.AcceptedChange.class, count -> annotated(count, "accepted"));
        add(words, Note.KnownChange.class, count -> annotated(count, "triaged"));
        return words;
    }

    private <N extends Note> List<N> of(Class<N> kind) {
        return notes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void add(List<String> words, Class<? extends Note> kind, Function<Integer, String> sentence) {
        int count = of(kind).size();
        if (count > 0) {
            words.add(sentence.apply(count));
        }
    }

    /** A note that the only earlier run is in another unit; units of the first series where several changed theirs. */
    private Optional<String> otherUnit() {
        List<Note.OtherUnitBefore> others = of(Note.OtherUnitBefore.class);
        return others.stream()
                .findFirst()
                .map(first -> "the only earlier run of " + Words.count(others.size(), "series", "series")
                        + otherUnit(first.before().symbol(), first.now().symbol()));
    }

    private static String otherUnit(String before, String now) {
        String earlier = before.isEmpty() ? " has no unit" : " is in " + before;
        return now.isEmpty()
                ? earlier + "; these results have no unit, so it is left out; if a unit is missing, correct them"
                : earlier + ", not in " + now + ", and is left out; if " + now + " is wrong, correct these results";
    }

    private static String context(Note.ContextMetrics note) {
        int most = 3;
        List<String> metrics = note.metrics();
        String named = String.join(", ", metrics.subList(0, Math.min(most, metrics.size())));
        return NOT_JUDGED
                + named
                + (metrics.size() > most ? " and " + (metrics.size() - most) + " more" : "")
                + (metrics.size() == 1 ? ", a context metric" : ", context metrics");
    }

    private static String annotated(int count, String what) {
        return (count == 1 ? "1 change is " : count + " changes are ") + what + " and " + (count == 1 ? "does" : "do")
                + NOT_IN_GATE;
    }

    /** From where acceptances were taken, or why not: one sentence for each, with the first series it is about. */
    private <N extends Note> List<String> elsewhere(
            Class<N> kind, Function<N, Annotations.FromElsewhere> fromOf, Function<N, SeriesKey> seriesOf) {
        Map<Annotations.FromElsewhere, Set<String>> benchmarks = new LinkedHashMap<>();
        of(kind).forEach(note -> benchmarks
                .computeIfAbsent(fromOf.apply(note), from -> new LinkedHashSet<>())
                .add(seriesOf.apply(note).benchmark().label()));
        return benchmarks.entrySet().stream()
                .map(entry -> {
                    String first = entry.getValue().iterator().next();
                    int others = entry.getValue().size() - 1;
                    return first + (others == 0 ? "" : " and " + others + " more") + ": "
                            + ReachWords.of(entry.getKey());
                })
                .toList();
    }

    /** The accepted missing benchmarks; one with the reason given. */
    private Optional<String> acceptedMissing() {
        List<Note.AcceptedMissing> accepted = of(Note.AcceptedMissing.class);
        int most = 3;
        return accepted.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        accepted.size() == 1
                                ? named(accepted.get(0).missing()) + " is missing from this run and "
                                        + TriageWords.stated(
                                                accepted.get(0).acceptance().annotation())
                                : accepted.size() + " that are missing from this run are accepted: "
                                        + accepted.stream()
                                                .limit(most)
                                                .map(one -> named(one.missing()))
                                                .collect(Collectors.joining(", "))
                                        + (accepted.size() > most ? " and " + (accepted.size() - most) + " more" : ""));
    }

    /** The benchmarks that the base branch lacks as well; one with the commit since which it is missing. */
    private Optional<String> alreadyMissing() {
        List<Note.AlreadyMissing> already = of(Note.AlreadyMissing.class);
        if (already.isEmpty()) {
            return Optional.empty();
        }
        int most = 3;
        Note.AlreadyMissing first = already.get(0);
        return Optional.of(
                already.size() == 1
                        ? named(first.missing()) + " is already missing on " + first.branch()
                                + (first.commit().isEmpty()
                                        ? ""
                                        : " since "
                                                + Revision.of(first.commit(), first.branch())
                                                        .shortCommit())
                                + "; it does not affect the gate"
                        : already.size() + " that are missing from this run are already missing on " + first.branch()
                                + " and do not affect the gate: "
                                + already.stream()
                                        .limit(most)
                                        .map(one -> named(one.missing()))
                                        .collect(Collectors.joining(", "))
                                + (already.size() > most ? " and " + (already.size() - most) + " more" : ""));
    }

    private static String named(Missing missing) {
        return missing.key().benchmark().label()
                + (missing.isBenchmark() ? "" : " " + missing.key().metric());
    }

    /** The series with a seasonality, the largest by its name. */
    private Optional<String> swings() {
        List<Note.SwingTakenOut> swings = of(Note.SwingTakenOut.class);
        long others = swings.stream().map(Note.SwingTakenOut::series).distinct().count() - 1;
        return swings.stream()
                .min(Comparator.<Note.SwingTakenOut>comparingDouble(swing -> -swing.amplitude())
                        .thenComparing(Note.SwingTakenOut::series))
                .map(largest -> "adjusted for the " + Words.lower(largest.period()) + " swing of "
                        + largest.series().benchmark().label() + " "
                        + largest.series().metric() + " (\u00b1 " + Percent.of(largest.amplitude()) + ")"
                        + (others == 0 ? "" : " and those of " + others + " more series")
                        + ": recurring changes at the same hour or day of the week are not regressions");
    }

    /** The possible losses of young series behind their first runs, the largest by its name. */
    private Optional<String> early() {
        List<EarlyLoss> losses =
                of(Note.Early.class).stream().map(Note.Early::loss).toList();
        int others = losses.size() - 1;
        return losses.stream()
                .min(Comparator.<EarlyLoss>comparingDouble(one -> -Math.abs(one.relativeChange()))
                        .thenComparing(EarlyLoss::key))
                .map(largest ->
                        largest.key().benchmark().label() + " " + largest.key().metric() + ": "
                                + TriageWords.early(largest)
                                + (others == 0
                                        ? ""
                                        : "; and so " + Words.count(others, "more series", "more series")
                                                + ", plumb incidents lists them"));
    }

    /** The regressions that are over with these runs, the largest by its name. */
    private Optional<String> recovered() {
        List<Note.Recovered> recovered = of(Note.Recovered.class);
        int others = recovered.size() - 1;
        return recovered.stream()
                .min(Comparator.<Note.Recovered>comparingDouble(one -> -Math.abs(one.relativeChange()))
                        .thenComparing(Note.Recovered::series))
                .map(largest -> back(largest.series(), largest.value(), largest.unit()) + " since "
                        + thisCommit(largest.back().header().revision()) + ", after "
                        + Words.count(largest.runs(), "run", "runs") + " at " + Percent.change(largest.relativeChange())
                        + " from commit "
                        + largest.since().header().revision().shortCommit()
                        + (others == 0 ? "" : ", and " + Words.count(others, "more series", "more series")));
    }

    /** The regressions of the base branch that these runs do not have, the largest by its name. */
    private Optional<String> repaired() {
        List<Note.Repaired> repaired = of(Note.Repaired.class);
        int others = repaired.size() - 1;
        return repaired.stream()
                .min(Comparator.<Note.Repaired>comparingDouble(one -> -Math.abs(one.relativeChange()))
                        .thenComparing(Note.Repaired::series))
                .map(largest -> back(largest.series(), largest.value(), largest.unit()) + " with this change; "
                        + Percent.change(largest.relativeChange()) + " on " + largest.base() + " since commit "
                        + largest.since().header().revision().shortCommit()
                        + (others == 0 ? "" : ", and " + Words.count(others, "more series", "more series")));
    }

    private static String back(SeriesKey series, double value, Unit unit) {
        return RECOVERED + series.benchmark().label() + " " + series.metric() + " back at " + Quantity.of(value, unit);
    }

    /** The run right before these that was slow as a whole. */
    private Optional<String> slowRun() {
        List<WithdrawnRuns.SlowRun> runs =
                of(Note.SlowRun.class).stream().map(Note.SlowRun::run).toList();
        return runs.stream()
                .reduce((earlier, later) -> later)
                .map(newest -> RECOVERED
                        + (runs.size() == 1 ? "the run" : "the " + runs.size() + " runs") + " before this one ("
                        + newest.run().header().revision().shortCommit() + ") "
                        + (runs.size() == 1 ? "was" : "were") + " slow as a whole: " + newest.worse() + " of "
                        + newest.series() + " series, median " + Percent.change(newest.change())
                        + ". What was reported there is withdrawn: the machine was slow, or the change was reverted");
    }

    private static String thisCommit(Revision revision) {
        return revision.isKnown() ? revision.shortCommit() + " (this commit)" : "this run";
    }

    private static String outgrown(Note.OutgrownChange note) {
        return note.series().benchmark().label() + " " + note.series().metric() + " was "
                + Percent.change(note.then().size()) + " when it was triaged ("
                + TriageWords.stated(note.then().annotation()) + "); it is " + Percent.change(note.relativeChange())
                + " now, and counts again";
    }

    /** Series with a regression accepted on top of an open one; the one with the largest change by name. */
    private Optional<String> onTop() {
        List<Note.AcceptedOnTop> moved = of(Note.AcceptedOnTop.class);
        return moved.stream()
                .max(Comparator.comparingDouble(one -> Math.abs(one.moved())))
                .map(one ->
                        one.series().benchmark().label() + " " + one.series().metric()
                                + (moved.size() > 1 ? " and " + (moved.size() - 1) + " more" : "")
                                + ": a regression of " + Percent.change(one.moved())
                                + " was accepted on top of an open one, which still counts; the level before is shown with "
                                + Percent.change(one.moved()) + " added");
    }

    /** The losses left out of histories because they are not accepted; the largest by its name. */
    private Optional<String> largestLoss() {
        Set<SeriesKey> steps = of(Note.UnjudgedLoss.class).stream()
                .map(Note.UnjudgedLoss::series)
                .collect(Collectors.toSet());
        List<Note.UnacceptedLoss> losses = of(Note.UnacceptedLoss.class).stream()
                .filter(loss -> !steps.contains(loss.series()))
                .toList();
        boolean one = losses.size() == 1;
        return losses.stream()
                .min(Comparator.<Note.UnacceptedLoss>comparingDouble(loss -> -Math.abs(loss.relativeChange()))
                        .thenComparing(Note.UnacceptedLoss::series, Comparator.reverseOrder()))
                .map(largest -> (one ? "1 series is" : losses.size() + " series are")
                        + " worse than before and not accepted: "
                        + largest.series().benchmark().label() + " "
                        + largest.series().metric() + " " + Percent.change(largest.relativeChange()) + " since commit "
                        + largest.since().header().revision().shortCommit()
                        + (one ? "; it is" : ", and " + (losses.size() - 1) + " more; they are")
                        + " judged against the earlier level; see plumb history");
    }
}
