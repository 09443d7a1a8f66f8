package dev.plumbline.report;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.evidence.WholeSuiteWords;
import dev.plumbline.report.terminal.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences that every form of report shares. What came from outside is in them as it came: escape the result. */
public final class Words {
    /** A word of a sentence, and no name: those have points, digits or capitals inside. */
    private static final Pattern CAPITAL = Pattern.compile("[A-Z][a-z]*[ ,]");

    /** Columns of a name in a sentence. */
    private static final int NAME = 100;

    /** The end of a metric that is a percentile of another. */
    private static final Pattern TAIL = Pattern.compile(" p[0-9.]+$");

    private static final int SUBJECT_COLUMNS = 100;

    private static final int REASON_COLUMNS = 200;

    private Words() {}

    /** A count with its noun: {@code 1 regression}, {@code 1,200 regressions}. */
    public static String count(int count, String one, String many) {
        return Quantity.plain(count, Quantity.DIGITS) + " " + (count == 1 ? one : many);
    }

    /**
     * The regressions that began before the judged revisions, so that those are not blamed: {@code 3 regressions began
     * earlier, with 9ef08a8f49}, a line for each place where some began.
     */
    public static List<String> earlier(Report report) {
        Set<String> judged = report.candidates().stream()
                .map(run -> run.header().revision().commit())
                .collect(Collectors.toSet());
        Map<String, Integer> begun = new LinkedHashMap<>();
        List<BenchmarkAnswer> regressed = report.benchmarksOnce(Report.Group.REGRESSED);
        for (BenchmarkAnswer answer : regressed) {
            String since = answer.head().since();
            if (!since.isEmpty() && !judged.contains(since)) {
                begun.merge(TriageWords.since(answer.head(), report.authors()), 1, Integer::sum);
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

    private static boolean stands(Finding finding) {
        return finding.trace().stream()
                .anyMatch(rung ->
                        rung.outcome() == Rung.Outcome.DECIDED && rung.evidence() instanceof HistoryEvidence.Standing);
    }

    /** Whether a regression lasts that earlier runs showed, while these lie nearer to the level before it. */
    public static boolean isNearlyBack(Finding finding) {
        return stands(finding)
                && finding.candidate().isPresent()
                && finding.verdict()
                        .effect()
                        .filter(effect -> Math.abs(finding.candidate().getAsDouble() - effect.before())
                                < Math.abs(effect.after() - effect.before()) / 2)
                        .isPresent();
    }

    /**
     * The first commit of a lasting regression for which these runs alone would not fail the gate: the p-value is
     * theirs.
     */
    static Optional<String> standing(Finding finding) {
        return stands(finding) && !finding.since().isEmpty()
                ? Optional.of(label(finding.key()) + " " + finding.key().metric() + " has regressed since "
                        + TerminalText.start(finding.since(), 10) + ", as an earlier check reported"
                        + finding.pValue().stream()
                                .mapToObj(p -> "; p of this run alone is " + Quantity.probability(p))
                                .findFirst()
                                .orElse(""))
                : Optional.empty();
    }

    /** The reason that matters most, with the number of the others; empty for an open gate. */
    public static Optional<String> gateReason(Report report) {
        List<String> reasons = GateWords.reasons(report);
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> whole = wholeSuite(report);
        return Optional.of(
                whole.isPresent()
                        ? withMore(whole.get(), besideWholeSuite(report))
                        : withMore(mainReason(report, reasons), reasons.size() - 1));
    }

    private static String withMore(String main, int others) {
        return others == 0 ? main : main + " · " + count(others, "more reason", "more reasons");
    }

    /** That the suite is worse as a whole; empty where it is not, and where that does not stop the gate. */
    public static Optional<String> wholeSuite(Report report) {
        List<Finding> findings = report.findings();
        List<Finding> worse = findings.stream()
                .filter(finding -> finding.verdict().kind() == Verdict.Kind.REGRESSED)
                .filter(WholeSuiteWords::isDecided)
                .toList();
        if (worse.isEmpty()) {
            return Optional.empty();
        }
        Set<String> stopping =
                report.gate().deciding().stream().map(GateReason::series).collect(Collectors.toSet());
        return worse.stream()
                        .anyMatch(finding -> stopping.contains(finding.key().id()))
                ? WholeSuiteWords.now(findings, report.candidates())
                        .or(() -> WholeSuiteWords.sinceEarlier(findings, report.candidates()))
                : Optional.empty();
    }

    /** The number of reasons of the gate that are not the whole suite. */
    private static int besideWholeSuite(Report report) {
        Set<String> decided = report.findings().stream()
                .filter(WholeSuiteWords::isDecided)
                .map(finding -> finding.key().id())
                .collect(Collectors.toSet());
        return (int) report.gate().deciding().stream()
                .filter(reason -> !decided.contains(reason.series()))
                .count();
    }

    /** The words on the whole run, and the notes, that the reason of the gate does not already have. */
    public static Predicate<String> besideReason(Report report) {
        Optional<String> whole = wholeSuite(report);
        return words -> whole.filter(words::equals).isEmpty();
    }

    private static String mainReason(Report report, List<String> reasons) {
        Report.Against against = report.against();
        for (Finding finding : report.in(Report.Group.REGRESSED)) {
            if (against.of(finding.key()).isPresent() && !DoubtWords.isDisagreement(finding)) {
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

    /** A benchmark and its metric in a sentence: a name that is longer than any of people is cut in its middle. */
    public static String inSentence(SeriesKey key) {
        return TerminalText.shorten(TerminalText.escape(label(key)), NAME, "…") + " " + key.metric();
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
     * The number of benchmarks: {@code 3}. Benchmarks that the headline counts as something else, because another of
     * their metrics is worse, are counted apart: {@code 3 benchmarks, and some metrics of 2 more}.
     *
     * @param answers all of the report
     */
    public static String benchmarks(Map<String, List<Finding>> byText, List<BenchmarkAnswer> answers) {
        Set<BenchmarkAnswer.Place> places = byText.values().stream()
                .flatMap(List::stream)
                .map(finding -> BenchmarkAnswer.Place.of(finding.key()))
                .collect(Collectors.toSet());
        Set<Report.Group> groups = byText.values().stream()
                .flatMap(List::stream)
                .map(Report.Group::of)
                .collect(Collectors.toSet());
        int own = (int) answers.stream()
                .filter(answer -> groups.contains(answer.group()))
                .filter(answer -> places.contains(BenchmarkAnswer.Place.of(answer.place())))
                .count();
        int others = places.size() - own;
        if (own == 0) {
            return "metrics of " + count(others, "benchmark", "benchmarks");
        }
        return others == 0
                ? Quantity.plain(own, Quantity.DIGITS)
                : count(own, "benchmark", "benchmarks") + ", and some metrics of " + count(others, "more", "more");
    }

    /** One metric as it is, several in brackets, to follow a benchmark's label. */
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

    /** The context metrics, a line for each benchmark: {@code Sort.quick: gc.count 12, gc.time 15 ms}. */
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
    public static String metric(SeriesKey key, Report report) {
        return key.metric() + (report.gate().role(key) == Role.SECONDARY ? " (secondary)" : "");
    }

    /** The benchmark, and the metric where "slower" and "faster" do not imply it; not longer than a line. */
    private static String subject(Finding finding) {
        String subject = isSpeed(finding.unit(), finding.better())
                        && !isPercentile(finding.key().metric())
                ? label(finding.key())
                : label(finding.key()) + " " + finding.key().metric();
        return TerminalText.shorten(TerminalText.escape(subject), SUBJECT_COLUMNS, "…");
    }

    /**
     * {@code got 24.1 % slower}, {@code got 12.0 times larger}, {@code rose from 0}; empty when no change was measured.
     */
    public static Optional<String> change(Finding finding) {
        return finding.verdict()
                .effect()
                .map(effect -> finding.runsApart().isEmpty()
                        ? moved("got", effect.relativeChange(), finding.unit(), finding.better())
                        : "got " + adjective(finding.unit(), finding.better(), effect.relativeChange())
                                + ", differently in each run: "
                                + MeasuredChange.of(finding).orElseThrow().change());
    }

    /**
     * {@code is 24.1 % slower}, {@code is 12.0 times larger}, {@code rose from 0}.
     *
     * @param verb the text before the size
     */
    public static String moved(String verb, double change, Unit unit, Better better) {
        if (Double.isInfinite(change)) {
            return (change > 0 ? "rose" : "fell") + " from 0";
        }
        String adjective = adjective(unit, better, change);
        return change >= 10
                ? verb + " " + Quantity.change(change).substring(1) + " times " + adjective
                : verb + " " + Percent.of(Math.abs(change)) + " " + adjective;
    }

    /** A sentence as it goes on behind {@code next:}: the capital of a plain first word is small there. */
    public static String continued(String sentence) {
        return CAPITAL.matcher(sentence).lookingAt()
                ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1)
                : sentence;
    }

    /** Whether a change of such a metric reads "slower" or "faster", so that its name need not be given. */
    public static boolean isSpeed(Unit unit, Better better) {
        String adjective = adjective(unit, better, 1);
        return adjective.equals("slower") || adjective.equals("faster");
    }

    /** Whether a metric is a percentile by its name. */
    public static boolean isPercentile(String metric) {
        return TAIL.matcher(metric).find();
    }

    private static String adjective(Unit unit, Better better, double change) {
        String base = unit.base();
        if (base.equals("s") && better == Better.LOWER) {
            return change > 0 ? "slower" : "faster";
        }
        if (base.endsWith("/s") && better == Better.HIGHER) {
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
            case KNOWN -> TriageWords.known(finding);
            case SUSPECT -> "suspect";
            case INCONCLUSIVE ->
                DoubtWords.isTooEarly(finding)
                        ? "too new"
                        : DoubtWords.isSmall(finding)
                                ? "small"
                                : DoubtWords.isDisagreement(finding) ? "runs differ" : "inconclusive";
            case NOT_COMPARABLE -> "no match";
            case MISSING -> "missing";
            case IMPROVED -> "improved";
            case UNCHANGED -> "unchanged";
        };
    }

    /** The uncertainty of the levels of the change, relative to each of them; NaN when that is unknown. */
    public static double uncertainty(Finding finding) {
        return finding.verdict()
                .effect()
                .map(Words::uncertainty)
                .filter(Double::isFinite)
                .orElse(Double.NaN);
    }

    /** The interval is that of a share of the level before; the ratio of the levels is as uncertain as each of them. */
    private static double uncertainty(Effect effect) {
        double half = (effect.interval().high() - effect.interval().low()) / 2;
        double ratio = 1 + effect.relativeChange();
        return ratio > 0 ? half / ratio : half;
    }

    /** {@code +21.8 % to +26.4 %}. */
    public static String range(Interval relative) {
        return bound(relative.low()) + " to " + bound(relative.high());
    }

    /** {@code 1.9 % to 2.4 %}; empty for an interval without bounds. */
    public static String shares(Interval interval) {
        return Double.isFinite(interval.width())
                ? Percent.of(interval.low()) + " to " + Percent.of(interval.high())
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
        return Percent.exact(confidence);
    }

    /**
     * The interval of a change; empty for one without bounds, and for a change from zero, which are uninformative.
     */
    public static String interval(Effect effect) {
        Interval interval = effect.interval();
        boolean unbounded = interval.low() <= -1 && Double.isInfinite(interval.high());
        return unbounded || Double.isInfinite(effect.relativeChange()) ? "" : range(interval);
    }

    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The place in a series: {@code with commit 5f6a7b8c9d}, or {@code at value 41 of 80}. */
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

    /** The same with the author of the commit, where it is known: {@code with commit 5f6a7b8c9d by Jane Doe}. */
    public static String placeBy(SeriesAnalysis analysis, int index) {
        return place(analysis, index) + by(analysis, analysis.revisions().get(index));
    }

    /** {@code " by Jane Doe"}; empty text where the author of a series' revision is not known. */
    public static String by(SeriesAnalysis analysis, String revision) {
        return new CommitAuthors(analysis.authors()).by(revision);
    }

    /**
     * The direction of a series' change: {@code regression}, {@code improvement}, or {@code none} between equal levels.
     */
    public static String direction(SeriesAnalysis analysis, SeriesChange change) {
        if (change.relativeChange() == 0) {
            return "none";
        }
        return analysis.isWorse(change) ? "regression" : "improvement";
    }
}
