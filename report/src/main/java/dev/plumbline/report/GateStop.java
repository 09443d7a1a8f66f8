package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.Revision;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.EnvironmentWords;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.ReferenceWords;
import dev.plumbline.report.terminal.ShellText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reason that fails or holds the gate, as a line, with the next step. What came from outside is in it as it came.
 *
 * @param kind of the reason
 * @param fails whether it fails the gate, rather than holds it
 * @param words a sentence without a full stop
 * @param next the commands to type, or a sentence; empty if the words already contain it
 */
public record GateStop(GateReason.Kind kind, boolean fails, String words, String next) {
    public GateStop {
        requireNonNull(kind, "kind");
        requireNonNull(words, "words");
        requireNonNull(next, "next");
    }

    /**
     * A line for each benchmark, worst first; benchmarks that look renamed alike share one.
     *
     * @param reasons of the report's gate
     */
    public static List<GateStop> of(List<GateReason> reasons, Report report) {
        Map<String, Missing> missing = new HashMap<>();
        report.missing().forEach(one -> missing.put(one.key().id(), one));
        Map<Object, List<GateReason>> together = new LinkedHashMap<>();
        reasons.forEach(reason -> together.computeIfAbsent(subject(reason, missing), none -> new ArrayList<>())
                .add(reason));
        Function<List<GateReason>, List<String>> words = GateWords.of(report);
        Set<String> ids = report.findings().stream().map(Finding::id).collect(Collectors.toSet());
        return together.values().stream()
                .map(some -> some.get(0).kind() == GateReason.Kind.MISSING
                        ? missing(some, missing, words, report)
                        : one(some, words, ids, report))
                .toList();
    }

    /** The subject of a line: a benchmark, all that look renamed alike, or a reason of the run. */
    private static Object subject(GateReason reason, Map<String, Missing> missing) {
        Optional<Object> renamed = Optional.ofNullable(missing.get(reason.series()))
                .flatMap(Missing::renamed)
                .map(now -> List.of(now.from(), now.into()));
        return renamed.orElseGet(() -> reason.cause() instanceof Cause.OfSeries one
                ? List.of(reason.kind(), BenchmarkAnswer.Place.of(one.key()))
                : reason);
    }

    private static boolean fails(List<GateReason> some) {
        return some.stream().anyMatch(reason -> reason.effect() == GatePolicy.Effect.CLOSE);
    }

    private static GateStop one(
            List<GateReason> some,
            Function<List<GateReason>, List<String>> words,
            Set<String> findings,
            Report report) {
        GateReason first = some.get(0);
        return new GateStop(
                first.kind(), fails(some), String.join("; ", words.apply(some)), next(first, findings, report));
    }

    private static GateStop missing(
            List<GateReason> some,
            Map<String, Missing> missing,
            Function<List<GateReason>, List<String>> words,
            Report report) {
        List<Missing> gone = some.stream()
                .flatMap(reason -> Optional.ofNullable(missing.get(reason.series())).stream())
                .flatMap(one -> one.renamed().isEmpty()
                        ? Stream.of(one)
                        : report.missing().stream().filter(one::isLike))
                .distinct()
                .toList();
        if (gone.isEmpty() || !gone.get(0).isBenchmark()) {
            return new GateStop(
                    GateReason.Kind.MISSING,
                    fails(some),
                    String.join("; ", words.apply(some)),
                    gone.isEmpty() ? "" : MissingWords.accept(gone.get(0), "", gone.size()));
        }
        MissingWords.Line line = MissingWords.of(gone, report).get(0);
        return new GateStop(
                GateReason.Kind.MISSING,
                fails(some),
                line.sentence(),
                line.command().map(command -> command + " · ").orElse("")
                        + MissingWords.accept(gone.get(0), "", gone.size()));
    }

    private static String next(GateReason reason, Set<String> findings, Report report) {
        return switch (reason.kind()) {
            case TOO_GOOD -> tooGood(reason, report);
            case NOTHING, UNKNOWN, NEW ->
                isDisagreement(reason)
                        ? again(report)
                        : incomparable(reason, report).orElseGet(() -> explain(reason, findings));
            case REGRESSION, BUDGET -> explain(reason, findings);
            case COPIED -> String.join(" · ", copied(report, ""));
            case SUSPECT -> isDisagreement(reason) ? again(report) : ""; // the words of others contain it
            case MISSING -> ""; // the words contain it
        };
    }

    private static Optional<String> incomparable(GateReason reason, Report report) {
        List<String> ways = ways(List.of(reason), isOnBase(report));
        return ways.isEmpty() ? Optional.empty() : Optional.of(String.join("; or ", ways));
    }

    /** The next step where runs of one commit disagree. */
    private static String again(Report report) {
        return "measure " + commit(report).orElse("it") + " again, or give --confirm 'COMMAND'";
    }

    /** {@code commit 0abc000c00}, that of the judged runs; empty where it is not known. */
    private static Optional<String> commit(Report report) {
        return report.candidates().stream()
                .map(run -> run.header().revision())
                .filter(Revision::isKnown)
                .findFirst()
                .map(revision -> "commit " + revision.shortCommit());
    }

    /** @param findings their ids */
    private static String explain(GateReason reason, Set<String> findings) {
        if (!(reason.cause() instanceof Cause.OfSeries one)) {
            return "";
        }
        return ShellText.command(
                "plumb explain",
                List.of(findings.contains(reason.id()) ? reason.id() : SeriesWords.operand(one.key())));
    }

    /** The usual mistakes behind a result that is too good to be true, and the way to accept a real one. */
    public static String tooGood(GateReason reason, Report report) {
        return "Fix the benchmark, for so much better usually means that it does no work (unused result, error, empty"
                + " input); if it is real, "
                + (NoteWords.isRecorded(report)
                        ? "plumb accept " + reason.id() + " --reason WHY"
                        : (report.kind() == Report.Kind.CHECK ? "check" : "compare") + " with --on-too-good pass");
    }

    /**
     * The commands for results that belong to an earlier commit.
     *
     * @param store what is put behind commands that look into the history; may be empty
     */
    public static List<String> copied(Report report, String store) {
        String commit = commit(report).orElse("again");
        String check = "plumb check RESULT";
        return List.of(
                "measure " + commit + ", then " + check + store,
                "reused on purpose: " + check + " --on-copied pass" + store);
    }

    /** Whether as many runs of the commit show a change as do not. */
    public static boolean isDisagreement(GateReason reason) {
        return CauseFacts.of(reason.cause()).evidence().equals(EvidenceWords.DISAGREEMENT);
    }

    /** The next steps for reasons that are of the whole run and name no benchmark; none where there are none. */
    public static List<String> ofWholeRun(Report report) {
        return report.gate().deciding().stream()
                .flatMap(reason -> CauseFacts.of(reason.cause()).remedy().stream())
                .distinct()
                .toList();
    }

    /** Whether it is about an environment with a young history, whose base branch has a longer one in another. */
    public static boolean isYoung(GateReason reason) {
        return reason.kind() == GateReason.Kind.NEW
                && reason.series().isEmpty()
                && CauseFacts.of(reason.cause()).elsewhere().isPresent();
    }

    /** The next step where an environment has a young history, even if that passes the gate; empty where none has. */
    public static Optional<String> young(GateDecision gate) {
        return incomparable(young(gate.trace()));
    }

    private static List<GateReason> young(List<GateReason> reasons) {
        return reasons.stream().filter(GateStop::isYoung).toList();
    }

    /** The next step for results that cannot be compared with their history; empty where the reasons are others. */
    public static Optional<String> incomparable(List<GateReason> reasons) {
        List<String> ways = ways(reasons, false);
        return ways.isEmpty() ? Optional.empty() : Optional.of(String.join("; or ", ways));
    }

    /**
     * The same as sentences without full stops, the most sensible first, led by what changed: on the base branch to
     * begin a new baseline, else to compare on this machine. Also of a young history that passes the gate.
     */
    public static List<String> ways(Report report) {
        List<GateReason> reasons = report.gate().deciding();
        if (ways(reasons, false).isEmpty()) {
            reasons = young(report.gate().trace());
        }
        boolean isOnBase = isOnBase(report);
        List<String> ways = new ArrayList<>(ways(reasons, isOnBase));
        Optional<String> changed = changed(reasons);
        if (!ways.isEmpty() && changed.isPresent()) {
            String first = ways.get(0);
            ways.set(0, changed.get() + ": " + first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1));
        }
        return ways.stream()
                .map(way -> way.substring(0, 1).toUpperCase(Locale.ROOT) + way.substring(1))
                .toList();
    }

    /** Whether the judged runs are of the branch that others are held against: it has no base to be compared with. */
    public static boolean isOnBase(Report report) {
        return !report.candidates().isEmpty()
                && report.candidates().stream()
                        .allMatch(run -> ReferenceWords.isOfBase(
                                report.base(), run.header().revision().branch()));
    }

    /** In what the environment of these runs differs from that of the history; empty where that is not known. */
    private static Optional<String> changed(List<GateReason> reasons) {
        return reasons.stream()
                .map(reason -> differences(reason.cause()))
                .filter(differences -> !differences.isEmpty())
                .findFirst()
                .map(EnvironmentWords::of);
    }

    private static List<EnvironmentDifference> differences(Cause cause) {
        if (cause instanceof Cause.TooYoung young) {
            return young.differences();
        }
        return cause instanceof Cause.Incomparable none && none.why() instanceof HistoryEvidence.OtherEnvironment other
                ? other.differences()
                : List.of();
    }

    private static List<String> ways(List<GateReason> reasons, boolean isOnBase) {
        Set<String> evidence = reasons.stream()
                .map(reason -> CauseFacts.of(reason.cause()).evidence())
                .collect(Collectors.toSet());
        if (evidence.contains(EvidenceWords.UNIT) || evidence.contains(EvidenceWords.DIRECTION)) {
            return List.of("If intended: rename the metric or the benchmark, which begins a new series, or pass"
                    + " with --on-incomparable pass. If not: correct the "
                    + (evidence.contains(EvidenceWords.UNIT) ? "unit" : "direction")
                    + " in the results, or remove earlier runs that are wrong: plumb prune --run COMMIT");
        }
        boolean isKnown = reasons.stream()
                .anyMatch(reason -> reason.kind() == GateReason.Kind.NOTHING
                        && !CauseFacts.of(reason.cause()).evidence().isEmpty());
        boolean isYoung = reasons.stream().anyMatch(GateStop::isYoung);
        if (!isKnown && !isYoung) {
            return List.of();
        }
        String compare = "compare both revisions on this machine with plumb pr";
        String wait = (isOnBase && !isYoung ? "a new baseline begins here; " : "")
                + "record runs of the main branch here until they can be judged"
                + (isYoung || isOnBase ? ", with --on-incomparable pass until then" : "");
        String name = "if the difference does not matter, give both environments one name"
                + reasons.stream()
                        .flatMap(reason -> CauseFacts.of(reason.cause()).elsewhere().stream())
                        .findFirst()
                        .map(key -> ": --environment " + ShellText.quoted(key))
                        .orElse(" with --environment");
        return isOnBase ? List.of(wait, name) : List.of(compare, wait, name);
    }
}
