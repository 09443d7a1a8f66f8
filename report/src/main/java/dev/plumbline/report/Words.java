package dev.plumbline.report;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.evidence.ReasonWords;
import dev.plumbline.report.terminal.ShellText;
import dev.plumbline.report.terminal.TerminalText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The sentences that every form of report shares. What came from outside is in them as it came: escape the result. */
public final class Words {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The name of the evidence that more history is needed before anything is judged. */
    private static final String ENOUGH_HISTORY = "enough-history";

    private static final String SENSITIVITY = "sensitivity";

    private static final String EQUIVALENCE = "equivalence";
    private static final String ADJUSTED = "adjusted";

    /** The end of a metric that is a percentile of another. */
    private static final Pattern TAIL = Pattern.compile(" p[0-9.]+$");

    private static final int SUBJECT_COLUMNS = 100;
    private static final int REASON_COLUMNS = 200;

    /** What stands in place of "fixed" as long as nothing shows that it is. */
    public static final String FIX_PROMISED = "fix promised";

    static final String ALREADY_OPEN = "already open";

    /** The title above suspects. */
    public static final String SUSPECTS = "Possible regressions; check a second result";

    private Words() {}

    /** A count with its noun: {@code 1 regression}, {@code 1,200 regressions}. */
    public static String count(int count, String one, String many) {
        return Quantity.plain(count, Quantity.DIGITS) + " " + (count == 1 ? one : many);
    }

    /**
     * Which regressions did not begin with the revisions that were judged, so that nobody blames those: {@code 3
     * regressions began earlier, with 9ef08a8f49}, a line for each place where some began.
     */
    public static List<String> earlier(Report report) {
        Set<String> judged = report.candidates().stream()
                .map(run -> run.header().revision().commit())
                .collect(Collectors.toSet());
        Map<String, Integer> begun = new LinkedHashMap<>();
        List<BenchmarkAnswer> regressed = report.benchmarks(Report.Group.REGRESSED);
        for (BenchmarkAnswer answer : regressed) {
            String since = answer.head().since();
            if (!since.isEmpty() && !judged.contains(since)) {
                begun.merge(since(answer.head(), report.authors()), 1, Integer::sum);
            }
        }
        return Stream.concat(
                        begun.entrySet().stream()
                                .map(one -> count(one.getValue(), "regression", "regressions") + " began earlier, at "
                                        + one.getKey()),
                        regressed.stream()
                                .flatMap(answer -> answer.counting().stream())
                                .filter(finding -> Report.Group.of(finding) == Report.Group.REGRESSED)
                                .flatMap(finding -> standing(finding).stream()))
                .toList();
    }

    /** Since when a regression stands for which these runs alone would not fail the gate: the p-value is theirs. */
    static Optional<String> standing(Finding finding) {
        boolean stands = finding.ladder().stream()
                .anyMatch(rung ->
                        rung.outcome() == Rung.Outcome.DECIDED && rung.evidence() instanceof HistoryEvidence.Standing);
        return stands && !finding.since().isEmpty()
                ? Optional.of(label(finding.key()) + " " + finding.key().metric() + " has regressed since "
                        + TerminalText.start(finding.since(), 10) + ", as an earlier check reported"
                        + finding.pValue().stream()
                                .mapToObj(p -> "; p of this run alone is " + Quantity.probability(p))
                                .findFirst()
                                .orElse(""))
                : Optional.empty();
    }

    /** Where what the base branch had before is open. */
    static String openElsewhere(AlreadyOpen open) {
        return open.isSure()
                ? ALREADY_OPEN + " on " + open.branch()
                : "open on " + open.branch() + " too (cause unknown in a shallow clone: use fetch-depth: 0)";
    }

    public static boolean isTooEarly(Finding finding) {
        return EvidenceWords.decisions(finding).stream()
                .anyMatch(told -> told.name().equals(ENOUGH_HISTORY));
    }

    /** Whether it certainly changed, and perhaps by less than the margin. */
    static boolean isSmall(Finding finding) {
        return EvidenceWords.decisions(finding).stream()
                        .anyMatch(told -> told.name().equals(EQUIVALENCE))
                && EvidenceWords.ladder(finding).stream()
                        .anyMatch(told -> told.number(ADJUSTED).isPresent()
                                && told.number(ADJUSTED).getAsDouble()
                                        <= told.number("limit").orElse(0));
    }

    /** What stands above the changes that were measured and are within noise. */
    public static String largestOpen(Report report) {
        int open = report.benchmarks(Report.Group.INCONCLUSIVE).size();
        List<Finding> largest = report.largestOpen();
        int shown = largest.size();
        if (shown > 0 && largest.stream().allMatch(Words::isTooEarly)) {
            return "Not judged yet" + neededRuns(largest) + "; largest differences";
        }
        return "Largest changes within noise (" + Quantity.plain(shown, Quantity.DIGITS)
                + (shown < open ? " of " + Quantity.plain(open, Quantity.DIGITS) : "") + ")";
    }

    /** {@code  (needs 2 more runs)}, {@code  (needs 1 to 3 more runs)}; empty where no number is known. */
    private static String neededRuns(List<Finding> young) {
        IntSummaryStatistics runs = young.stream()
                .map(Finding::verdict)
                .filter(Verdict.Inconclusive.class::isInstance)
                .flatMapToInt(verdict -> ((Verdict.Inconclusive) verdict).runsNeeded().stream())
                .summaryStatistics();
        if (runs.getCount() == 0) {
            return "";
        }
        String least = runs.getMin() < runs.getMax() ? Quantity.plain(runs.getMin(), Quantity.DIGITS) + " to " : "";
        return " (needs " + least + count(runs.getMax(), "more run", "more runs") + ")";
    }

    /** The reason that matters most, with the number of the others; empty for an open gate. */
    public static Optional<String> gateReason(Report report) {
        List<String> reasons = GateWords.reasons(report);
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        String main = mainReason(report, reasons);
        return Optional.of(
                reasons.size() == 1
                        ? main
                        : main + ", and " + count(reasons.size() - 1, "more reason", "more reasons"));
    }

    private static String mainReason(Report report, List<String> reasons) {
        for (Finding finding : report.in(Report.Group.REGRESSED)) {
            if (report.reasonAgainst(finding.key()).isPresent()) {
                return subject(finding) + " " + change(finding).orElse("got worse") + severity(finding);
            }
        }
        return TerminalText.shorten(TerminalText.escape(reasons.get(0)), REASON_COLUMNS, "…");
    }

    /** {@code  (critical)} with the space before it; empty when there is no severity. */
    public static String severity(Finding finding) {
        return finding.severity() == Severity.NONE ? "" : " (" + lower(finding.severity()) + ")";
    }

    public static String label(SeriesKey key) {
        return key.benchmark().label();
    }

    /** Findings together with others of the same benchmark, in the order in which they first appear. */
    public static List<List<Finding>> byBenchmark(List<Finding> findings) {
        Map<BenchmarkAnswer.Place, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : findings) {
            groups.computeIfAbsent(BenchmarkAnswer.Place.of(finding.key()), place -> new ArrayList<>())
                    .add(finding);
        }
        return List.copyOf(groups.values());
    }

    /** Texts with the findings they hold for, those of a benchmark together. */
    public static Map<String, List<List<Finding>>> byBenchmark(Map<String, List<Finding>> findingsByText) {
        Map<String, List<List<Finding>>> benchmarks = new LinkedHashMap<>();
        findingsByText.forEach((text, findings) -> benchmarks.put(text, byBenchmark(findings)));
        return benchmarks;
    }

    /**
     * Of how many benchmarks they are: {@code 3}. Benchmarks that the headline counts as something else, because
     * another of their metrics is worse, are counted apart: {@code 3, and metrics of 2 others}.
     */
    public static String benchmarks(Map<String, List<Finding>> byText, Report report) {
        Set<BenchmarkAnswer.Place> places = byText.values().stream()
                .flatMap(List::stream)
                .map(finding -> BenchmarkAnswer.Place.of(finding.key()))
                .collect(Collectors.toSet());
        Set<Report.Group> groups = byText.values().stream()
                .flatMap(List::stream)
                .map(Report.Group::of)
                .collect(Collectors.toSet());
        int own = (int) report.benchmarks().stream()
                .filter(answer -> groups.contains(answer.group()))
                .filter(answer -> places.contains(BenchmarkAnswer.Place.of(answer.place())))
                .count();
        int others = places.size() - own;
        if (own == 0) {
            return "metrics of " + count(others, "benchmark", "benchmarks");
        }
        return Quantity.plain(own, Quantity.DIGITS)
                + (others > 0 ? ", and metrics of " + count(others, "other", "others") : "");
    }

    /** One metric as it is, several in brackets: a benchmark's label stands before them. */
    public static String metrics(List<String> metrics) {
        return metrics.size() == 1 ? metrics.get(0) : "(" + String.join(", ", metrics) + ")";
    }

    /** A benchmark's metrics: {@code time}, {@code (time, gc.alloc.rate.norm)}. */
    public static String metrics(List<Finding> findings, Report report) {
        return metrics(findings.stream()
                .map(finding -> metric(finding.key(), report))
                .distinct()
                .toList());
    }

    /** The same, each metric with its change where it is listed by its commit and has no row of its own. */
    public static String known(List<Finding> ofBenchmark, Report report) {
        return metrics(ofBenchmark.stream()
                .map(finding -> metric(finding.key(), report)
                        + (isElsewhere(finding)
                                ? finding.verdict()
                                        .effect()
                                        .map(effect -> " " + Quantity.change(effect.relativeChange()))
                                        .orElse("")
                                : ""))
                .distinct()
                .toList());
    }

    /** What was measured and not judged, a line for each benchmark: {@code Sort.quick: gc.count 12, gc.time 15 ms}. */
    public static List<String> context(Report report) {
        Map<BenchmarkAnswer.Place, List<ContextMetric>> benchmarks = new LinkedHashMap<>();
        for (ContextMetric one : report.context()) {
            benchmarks
                    .computeIfAbsent(BenchmarkAnswer.Place.of(one.key()), place -> new ArrayList<>())
                    .add(one);
        }
        return benchmarks.values().stream()
                .map(all -> label(all.get(0).key()) + ": "
                        + all.stream()
                                .map(one -> one.key().metric() + " " + Quantity.of(one.value(), one.unit()))
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    /** The metric, and that it is secondary where it is. */
    static String metric(SeriesKey key, Report report) {
        return key.metric() + (report.gate().role(key) == Role.SECONDARY ? " (secondary)" : "");
    }

    /** The benchmark, and the metric where "slower" and "faster" would not tell it; not longer than a line. */
    private static String subject(Finding finding) {
        boolean clear =
                adjective(finding, 1).equals("slower") || adjective(finding, 1).equals("faster");
        boolean tail = TAIL.matcher(finding.key().metric()).find();
        String subject = clear && !tail
                ? label(finding.key())
                : label(finding.key()) + " " + finding.key().metric();
        return TerminalText.shorten(TerminalText.escape(subject), SUBJECT_COLUMNS, "…");
    }

    /**
     * {@code got 24.1 % slower}, {@code got 12.0 times larger}, {@code rose from 0}; empty when no change was measured.
     */
    public static Optional<String> change(Finding finding) {
        return finding.verdict().effect().map(effect -> {
            double change = effect.relativeChange();
            String adjective = adjective(finding, change);
            if (Double.isInfinite(change)) {
                return (change > 0 ? "rose" : "fell") + " from 0";
            }
            return change >= 10
                    ? "got " + Quantity.change(change).substring(1) + " times " + adjective
                    : "got " + Quantity.percent(Math.abs(change)) + " " + adjective;
        });
    }

    private static String adjective(Finding finding, double change) {
        String base = finding.unit().base();
        if (base.equals("s") && finding.better() == Better.LOWER) {
            return change > 0 ? "slower" : "faster";
        }
        if (base.endsWith("/s") && finding.better() == Better.HIGHER) {
            return change > 0 ? "faster" : "slower";
        }
        if (base.equals("B")) {
            return change > 0 ? "larger" : "smaller";
        }
        return change > 0 ? "higher" : "lower";
    }

    /** The verdict in one word: the severity of a regression, {@code suspect}, {@code unclear} … */
    public static String verdict(Finding finding) {
        return switch (Report.Group.of(finding)) {
            case REGRESSED -> finding.severity() == Severity.NONE ? "regressed" : lower(finding.severity());
            case KNOWN -> known(finding);
            case SUSPECT -> "suspect";
            case INCONCLUSIVE -> isTooEarly(finding) ? "too new" : isSmall(finding) ? "small" : "inconclusive";
            case NOT_COMPARABLE -> "no match";
            case MISSING -> "missing";
            case IMPROVED -> "improved";
            case UNCHANGED -> "unchanged";
        };
    }

    /** Whether it is no more than what the base branch had before: listed by its commit, not one by one. */
    public static boolean isElsewhere(Finding finding) {
        return Report.Group.of(finding) == Report.Group.KNOWN
                && finding.statement().isEmpty();
    }

    /** What is known of a change for the worse, in a word or two. */
    public static String known(Finding finding) {
        return finding.statement().map(said -> state(said.kind())).orElse(ALREADY_OPEN);
    }

    /** {@code 3f2a1c9d00 by Jane Doe (this branch)}: the commit with which a change began, one that is not empty. */
    public static String since(Finding finding, CommitAuthors authors) {
        return TerminalText.start(finding.since(), 10)
                + authors.by(finding.since())
                + (EvidenceWords.isEarlierOnBranch(finding) ? " (this branch)" : "");
    }

    /** {@code already open on main since 3f2a1c9d00 (i1f2e3d4c)}; "open on main too" where the order is not known. */
    public static String alreadyOpen(AlreadyOpen open) {
        return alreadyOpen(open, CommitAuthors.UNKNOWN);
    }

    /** The same with the commit's author where it is known. */
    public static String alreadyOpen(AlreadyOpen open, CommitAuthors authors) {
        return (open.isSure() ? ALREADY_OPEN + " on " + open.branch() : "open on " + open.branch() + " too,")
                + (open.commit().isEmpty() ? "" : " since " + TerminalText.start(open.commit(), 10))
                + authors.by(open.commit())
                + open.incident().map(incident -> " (" + incident + ")").orElse("");
    }

    /** What a regression came on top of, the oldest first; what a stored report says in words is not among it. */
    public static List<Warning.OnOpenLevel> below(Finding finding) {
        return finding.warnings().stream()
                .filter(Warning.OnOpenLevel.class::isInstance)
                .map(Warning.OnOpenLevel.class::cast)
                .toList();
    }

    /** The same with what to do. */
    private static String alreadyOpen(Finding finding) {
        AlreadyOpen open = finding.alreadyOpen().orElseThrow();
        return alreadyOpen(open)
                + (open.isSure()
                        ? ", not caused by this branch: "
                        : "; a shallow clone hides whether this branch has that commit (use fetch-depth: 0): ")
                + open.incident()
                        .map(incident -> "plumb incidents " + incident)
                        .orElse("plumb explain " + finding.id());
    }

    /** {@code accepted}, {@code false alarm}, {@code fix promised}: that a commit fixes it is not yet shown … */
    public static String state(Annotation.Kind state) {
        return state == Annotation.Kind.FIXED ? FIX_PROMISED : lower(state);
    }

    /** {@code accepted by ann on 2026-01-31 until 2026-03-01 (a79970412): stricter checks}. */
    public static String said(Annotation statement) {
        return state(statement.kind())
                + (statement instanceof Annotation.Fixed fixed
                        ? " with " + TerminalText.start(fixed.revision(), 10)
                        : "")
                + " by " + statement.by() + " on "
                + day(statement.at())
                + statement.until().map(until -> " until " + day(until)).orElse("") + " ("
                + statement.id() + ")" + (statement.reason().isBlank() ? "" : ": " + statement.reason());
    }

    /** {@code was said to be fixed by 575cc706f1 (by Ann, 2026-01-31), and is still there}; names as they came. */
    public static String broken(Annotation.Fixed promise) {
        return "should have been fixed by " + TerminalText.start(promise.revision(), 10) + " (by " + promise.by() + ", "
                + day(promise.at()) + ") but persists";
    }

    /** What holds, and a promise that does not any more. */
    public static String said(Annotated statements) {
        return Stream.concat(
                        statements.holding().map(Words::said).stream(), statements.broken().map(Words::broken).stream())
                .collect(Collectors.joining("; "));
    }

    /** {@code Sort.quick time +20.2 % with commit 5f6a7b8c on main, acknowledged by Ann on 2026-01-31 (9bb8…): why}. */
    public static String called(CalledRegression one) {
        return called(one, CommitAuthors.UNKNOWN);
    }

    /** The same with the commit's author where it is known: {@code with commit 5f6a7b8c on main by Jane Doe}. */
    public static String called(CalledRegression one, CommitAuthors authors) {
        return label(one.key()) + " " + one.key().metric() + " " + Quantity.change(one.relativeChange()) + " with "
                + revision(one.since())
                + authors.by(one.since().header().revision().commit())
                + (one.isFurther()
                        ? ", on top of the change at "
                                + one.begun().header().revision().shortCommit()
                        : "")
                + (one.statements().equals(Annotated.NONE) ? "" : ", " + said(one.statements()));
    }

    /** {@code possible regression, not certain: the first 3 runs were at 100 ms, the 6 since at 125 ms: +25.0 % …}. */
    public static String early(EarlyLoss loss) {
        Quantity.Pair levels = Quantity.pair(loss.first(), loss.later(), loss.unit(), Double.NaN);
        return "possible regression, not certain: the first " + loss.before() + " runs were at " + levels.alone()
                + ", the "
                + loss.after() + " since at " + levels.after() + ": " + Quantity.change(loss.relativeChange())
                + " with "
                + revision(loss.since()) + "; " + loss.before()
                + " runs are few: run the commit before it again, or accept the newer level: plumb accept "
                + ShellText.quoted(loss.key().benchmark().label()) + " --reason WHY";
    }

    private static String day(Instant time) {
        return time(time).substring(0, 10);
    }

    /** What is known: triages of one kind in one entry, and in one what the base branch has since the same commit. */
    public static Map<String, List<Finding>> known(Report report) {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : report.in(Report.Group.KNOWN)) {
            String key = finding.statement()
                    .map(Words::said)
                    .orElseGet(() -> alreadyOpen(finding.alreadyOpen().orElseThrow()));
            groups.computeIfAbsent(key, text -> new ArrayList<>()).add(finding);
        }
        Map<String, List<Finding>> told = new LinkedHashMap<>();
        groups.forEach((key, findings) ->
                told.put(findings.get(0).statement().isPresent() ? key : alreadyOpen(findings.get(0)), findings));
        return told;
    }

    /** What an inconclusive series can detect at all, in brackets; empty text when that is not known. */
    static String sensitivity(Finding finding) {
        return EvidenceWords.ladder(finding).stream()
                .filter(told -> told.name().equals(SENSITIVITY))
                .findFirst()
                .map(told -> {
                    OptionalDouble change = told.number("detectable");
                    OptionalDouble asked = told.number("asked");
                    OptionalDouble needed = told.number("needed");
                    double runs = told.number("runs").orElse(1);
                    String who = runs == 1
                            ? "one run reliably detects "
                            : Quantity.plain(runs, Quantity.DIGITS) + " runs reliably detect ";
                    return " (" + who
                            + (change.isEmpty() ? "no change" : Percent.brief(change.getAsDouble()))
                            + (asked.isEmpty()
                                    ? ""
                                    : "; "
                                            + (needed.isEmpty()
                                                    ? "more than 20"
                                                    : Quantity.plain(needed.getAsDouble(), Quantity.DIGITS))
                                            + " runs detect " + Percent.brief(asked.getAsDouble()))
                            + ")";
                })
                .orElse("");
    }

    /** What is shown of a benchmark's metrics beside its label, and what can be detected of each. */
    public static String sensitive(List<Finding> findings, Report report) {
        if (findings.size() == 1) {
            return " " + metric(findings.get(0).key(), report) + sensitivity(findings.get(0));
        }
        List<String> metrics = new ArrayList<>();
        boolean isKnown = false;
        for (Finding finding : findings) {
            String inBrackets = sensitivity(finding);
            isKnown |= !inBrackets.isEmpty();
            metrics.add(metric(finding.key(), report)
                    + (inBrackets.isEmpty() ? "" : ": " + inBrackets.substring(2, inBrackets.length() - 1)));
        }
        return " (" + String.join(isKnown ? "; " : ", ", metrics) + ")";
    }

    /**
     * {@code only changes above 8–16 % (median 11.5 %) are sure to be detected in one run}.
     *
     * @param detectable what one run detects of each series, ascending, at least one
     */
    public static String surelyDetected(double... detectable) {
        double least = detectable[0];
        double most = detectable[detectable.length - 1];
        String range = Quantity.percent(most);
        if (!Quantity.percent(least).equals(range)) {
            boolean isWhole = least >= 0.05 && Math.round(100 * least) < Math.round(100 * most);
            range = (isWhole
                            ? Math.round(100 * least) + "–" + Math.round(100 * most) + " %"
                            : Quantity.percent(least).replace(" %", "") + "–" + range)
                    + " (median " + Quantity.percent(detectable[detectable.length / 2]) + ")";
        }
        return "only changes above " + range + " are sure to be detected in one run";
    }

    /** What is detected with 99 % probability, whoever detects it. */
    static String detects(String who, OptionalDouble change) {
        return who + (change.isPresent() ? " ≥ " + Quantity.percent(change.getAsDouble()) : " no change reliably");
    }

    /** Why nothing could be concluded, and how many more runs would do; empty text when something was. */
    public static String reason(Verdict verdict) {
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            String reason = ReasonWords.of(inconclusive.reason());
            return inconclusive.runsNeeded().isPresent() && !saysRuns(inconclusive)
                    ? reason + " ("
                            + moreRuns(
                                    inconclusive.runsNeeded().getAsInt(),
                                    inconclusive.effect().isPresent())
                            + ")"
                    : reason;
        }
        return verdict instanceof Verdict.NotComparable notComparable ? ReasonWords.of(notComparable.reason()) : "";
    }

    /** Whether the reason itself says how many more runs it takes. */
    private static boolean saysRuns(Verdict.Inconclusive inconclusive) {
        return inconclusive.reason() instanceof HistoryEvidence.TooFewRuns;
    }

    /**
     * Findings without a verdict, together where the reason is the same; the number of runs that would decide is given
     * as a range.
     *
     * @return the text of each group and its findings, in the order in which they first appear
     */
    public static Map<String, List<Finding>> byReason(List<Finding> findings) {
        Map<String, List<Finding>> alike = new LinkedHashMap<>();
        Map<Object, String> words = new HashMap<>();
        for (Finding finding : findings) {
            Verdict verdict = finding.verdict();
            String bare = verdict instanceof Verdict.Inconclusive inconclusive
                    ? words.computeIfAbsent(
                                    ReasonWords.told(inconclusive.reason()),
                                    told -> ReasonWords.of(inconclusive.reason()))
                            + "\u0000"
                            + inconclusive.runsNeeded().isPresent()
                            + inconclusive.effect().isPresent()
                    : reason(verdict);
            alike.computeIfAbsent(bare, text -> new ArrayList<>()).add(finding);
        }
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        alike.values().forEach(group -> groups.put(sharedReason(group), group));
        return groups;
    }

    private static String sharedReason(List<Finding> group) {
        IntSummaryStatistics runs = group.stream()
                .flatMapToInt(finding ->
                        finding.verdict() instanceof Verdict.Inconclusive inconclusive && !saysRuns(inconclusive)
                                ? inconclusive.runsNeeded().stream()
                                : IntStream.empty())
                .summaryStatistics();
        boolean isNoise = group.get(0).verdict() instanceof Verdict.Inconclusive open
                && open.reason() instanceof HistoryEvidence.Hidden hidden
                && !hidden.certain();
        if (isNoise) { // what is detected follows each name, and says more than a range of runs
            return ReasonWords.of(((Verdict.Inconclusive) group.get(0).verdict()).reason());
        }
        if (runs.getCount() == 0 || runs.getMin() == runs.getMax()) {
            return reason(group.get(0).verdict());
        }
        Verdict.Inconclusive first = (Verdict.Inconclusive) group.get(0).verdict();
        return ReasonWords.of(first.reason()) + " (" + Quantity.plain(runs.getMin(), Quantity.DIGITS) + " to "
                + moreRuns(runs.getMax(), first.effect().isPresent()) + ")";
    }

    /** How many more runs would tell; of a change that was measured, as long as they measure the same. */
    private static String moreRuns(int runs, boolean measured) {
        return measured
                ? count(runs, "more run showing the same", "more runs showing the same") + " would confirm it"
                : count(runs, "more run would suffice", "more runs would suffice");
    }

    /** Why it was judged so, in one sentence: the words of the check that decided, else of the verdict itself. */
    public static String why(Finding finding) {
        String reason = reason(finding.verdict());
        if (!reason.isEmpty()) {
            return reason;
        }
        return EvidenceWords.decisions(finding).stream()
                .map(EvidenceWords::words)
                .findFirst()
                .orElse("");
    }

    /** Half the width of the change's interval: how well its number is known; NaN when that is unknown. */
    public static double uncertainty(Finding finding) {
        return finding.verdict()
                .effect()
                .map(Effect::interval)
                .map(interval -> (interval.high() - interval.low()) / 2)
                .filter(Double::isFinite)
                .orElse(Double.NaN);
    }

    /** {@code +21.8 % to +26.4 %}. */
    public static String range(Interval relative) {
        return bound(relative.low()) + " to " + bound(relative.high());
    }

    /** {@code 1.9 % to 2.4 %}; empty for an interval without bounds. */
    public static String shares(Interval interval) {
        return Double.isFinite(interval.width())
                ? Quantity.percent(interval.low()) + " to " + Quantity.percent(interval.high())
                : "";
    }

    /** Behind a number, between which bounds it lies; nothing where they are not known. */
    public static String inBrackets(String range) {
        return range.isEmpty() ? "" : " (" + range + ")";
    }

    /** An end of an interval of a relative change. */
    public static String bound(double bound) {
        return Double.isInfinite(bound) ? Quantity.plain(bound, Quantity.DIGITS) : Quantity.change(bound);
    }

    /** {@code 95 %}, {@code 99.9 %}. */
    public static String confidence(double confidence) {
        return percentShort(confidence);
    }

    /** The interval of a change; empty for one without bounds, and for a change out of zero: they say nothing. */
    public static String interval(Effect effect) {
        Interval interval = effect.interval();
        boolean unbounded = interval.low() <= -1 && Double.isInfinite(interval.high());
        return unbounded || Double.isInfinite(effect.relativeChange()) ? "" : range(interval);
    }

    /** A share in per cent without needless decimals: {@code 2 %}, {@code 0.5 %}. */
    public static String percentShort(double share) {
        return new BigDecimal(100 * share)
                        .round(new MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    /** Minutes are enough for people; always UTC. */
    public static String time(Instant time) {
        return MINUTE.format(time) + " UTC";
    }

    /** What follows from an unknown commit. */
    private static final String WITHOUT_COMMIT = " (ordered by time, commit unknown; set it with --commit)";

    /** {@code run 0a1b2c3d4e of commit 5f6a7b8c9d on main, measured 2026-11-24 10:00 UTC in environment 0a1b2c}. */
    public static String run(RunInfo run) {
        return (isRunId(run.id()) ? "run " : "") + runName(run)
                + (isRunId(run.id()) || run.header().revision().isKnown() ? " of " + revision(run) : "")
                + (isRunId(run.id()) && !run.header().revision().isKnown() ? WITHOUT_COMMIT : "") + ", measured "
                + time(run.header().time()) + " in environment "
                + run.header().environment().key();
    }

    /** {@code commit 5f6a7b8c9d on main}. */
    public static String revision(RunInfo run) {
        return (run.header().revision().isKnown()
                        ? "commit " + run.header().revision().shortCommit()
                        : "an unknown commit")
                + " on " + run.header().revision().branch();
    }

    /** The beginning of a run's id; what was read from a file for a comparison is called by the file, whole. */
    public static String runName(RunInfo run) {
        return isRunId(run.id()) ? shortId(run.id()) : run.id();
    }

    private static boolean isRunId(String id) {
        return id.matches("[0-9a-f]{10,}");
    }

    public static String shortId(String id) {
        return id.substring(0, Math.min(10, id.length()));
    }

    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Where in a series something is: {@code with commit 5f6a7b8c9d}, or {@code at value 41 of 80}. */
    public static String place(SeriesAnalysis analysis, int index) {
        return (analysis.revisions().get(index).isEmpty() ? "at " : "with ") + placeName(analysis, index);
    }

    /** The same as a name; people count values from one, and programs from zero. */
    public static String placeName(SeriesAnalysis analysis, int index) {
        String revision = analysis.revisions().get(index);
        return revision.isEmpty()
                ? "value " + (index + 1) + " of " + analysis.values().size()
                : "commit " + TerminalText.start(revision, 10);
    }

    /** What a change of a series is: {@code regression}, {@code improvement}, or {@code none} between equal levels. */
    public static String direction(SeriesAnalysis analysis, SeriesChange change) {
        if (change.relativeChange() == 0) {
            return "none";
        }
        return analysis.isWorse(change) ? "regression" : "improvement";
    }
}
