package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.report.content.MainMetricFirst;
import dev.plumbline.report.evidence.ByKind;
import dev.plumbline.report.evidence.CauseFacts;
import dev.plumbline.report.evidence.EnvironmentWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.evidence.QuotedCause;
import dev.plumbline.report.evidence.ReasonWords;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reasons of a gate, in sentences. */
public final class GateWords {
    public static final ByKind<Cause, String> CAUSES = new ByKind<Cause, String>()
            .with(Cause.NothingMeasured.class, one -> "nothing was measured")
            .with(Cause.OnlyContext.class, GateWords::onlyContext)
            .with(
                    Cause.Incomparable.class,
                    one -> "nothing is comparable"
                            + one.environment()
                                    .map(key -> " in environment " + key)
                                    .orElse("")
                            + ": " + ReasonWords.of(one.why()))
            .with(Cause.TooYoung.class, EnvironmentWords::tooYoung)
            .with(
                    Cause.Copied.class,
                    one -> "nothing was measured: every value is that of run " + RunWords.runName(one.of()) + " of "
                            + RunWords.revision(one.of())
                            + "; measure this commit again, or use --on-copied pass if results are reused on purpose")
            .with(
                    Cause.CopiedAmong.class,
                    one -> one.copies().size() + " of the " + one.runs() + " runs of this commit measured nothing: "
                            + (one.copies().size() == 1 ? "all its values are" : "all their values are")
                            + " those of earlier runs, such as run " + RunWords.runName(one.of()) + " of "
                            + RunWords.revision(one.of()) + "; to delete "
                            + (one.copies().size() == 1 ? "it" : "them") + ": plumb prune"
                            + one.copies().stream()
                                    .map(run -> " --run " + RunWords.runName(run))
                                    .collect(Collectors.joining())
                            + " --yes")
            .with(Cause.NothingComparable.class, one -> "no measurement is on both sides in comparable units")
            .with(
                    Cause.NothingJudged.class,
                    one -> one.hasHistory()
                            ? "the base could not be measured, and the history is too short or too noisy to"
                                    + " judge by"
                            : "nothing was judged: the base could not be measured and there is no history")
            .with(
                    Cause.BeforeHistory.class,
                    one -> "this commit is older than " + Words.count(one.later(), "recorded run", "recorded runs")
                            + ", and "
                            + (one.earlier() == 0
                                    ? "none is"
                                    : "only " + one.earlier() + (one.earlier() == 1 ? " is" : " are"))
                            + " before it: it cannot be judged until " + one.needed()
                            + " runs of earlier commits are recorded")
            .with(
                    Cause.OtherUnit.class,
                    one -> "the unit of " + one.factor().count() + " values"
                            + one.factor().of().map(" of "::concat).orElse("") + " looks wrong")
            .with(Cause.NotMeasured.class, one -> one.subject() + " could not be measured")
            .with(Cause.OfSeries.class, GateWords::ofSeries)
            .with(QuotedCause.class, QuotedCause::words);

    public static final ByKind<Cause.Fact, String> FACTS = new ByKind<Cause.Fact, String>()
            .with(Cause.Regressed.class, GateWords::regressed)
            .with(
                    Cause.RegressedOnce.class,
                    one -> " regressed by " + percent(one.change()) + " (" + Words.lower(one.severity())
                            + ") in one run; the gate fails once a second run shows it")
            .with(
                    Cause.BeyondFixed.class,
                    one -> " is " + percent(one.change()) + " from the mean of its history, beyond "
                            + fixed(one.rule()))
            .with(Cause.Missing.class, one -> " is missing from this run" + GateWords.renamed(one))
            .with(
                    Cause.TooGood.class,
                    one -> " is more than " + number(one.times())
                            + " times better than before: too good to be true; did the benchmark do its work?")
            .with(Cause.Suspected.class, GateWords::suspected)
            .with(Cause.Undecided.class, one -> ": " + ReasonWords.of(one.why()))
            .with(Cause.OverBudget.class, GateWords::overBudget);

    public static final ByKind<Cause.Lenience, String> LENIENCES = new ByKind<Cause.Lenience, String>()
            .with(Cause.Advisory.class, one -> "; its weight is advisory")
            .with(Cause.Muted.class, one -> "; it is muted")
            .with(Cause.Secondary.class, one -> "; it is a secondary metric")
            .with(
                    Cause.OtherSide.class,
                    one -> "; besides the code, " + CauseFacts.OtherSide.of(one).words())
            .with(
                    Cause.UnknownFork.class,
                    one -> "; this shallow clone hides whether the branch ever had it (use fetch-depth: 0)")
            .with(Cause.Grace.class, one -> "; it is new (grace: " + one.runs() + " of " + one.of() + " runs)");

    private GateWords() {}

    /** One reason in a sentence without a full stop. */
    public static String of(GateReason reason) {
        return CAUSES.of(reason.cause());
    }

    /** The effect of one reason on the gate, and the reason. */
    public static String effect(GateReason reason) {
        return switch (reason.effect()) {
                    case CLOSE -> "fails: ";
                    case HOLD -> "holds: ";
                    case PASS -> "passes: ";
                }
                + of(reason);
    }

    /** The ids of the series that would fail the gate if their benchmarks were not muted by a rule or an option. */
    public static Set<String> muted(Report report) {
        return report.gate().trace().stream()
                .filter(reason -> CauseFacts.of(reason.cause()).muted())
                .map(GateReason::series)
                .collect(Collectors.toSet());
    }

    /** The reasons why a gate is not open, worst first, a line for each benchmark; empty when it is. */
    public static List<String> reasons(Report report) {
        return of(report.gate().deciding(), report);
    }

    /**
     * The reasons against the change that do not fail the gate, a line for each benchmark. Of one that is gone, and
     * stops the gate, its secondary metrics are not listed again.
     */
    public static List<String> letPass(Report report) {
        List<GateReason> letPass = report.gate().letPass();
        boolean isOfMissing = letPass.stream().anyMatch(reason -> reason.kind() == GateReason.Kind.MISSING);
        Set<String> gone = isOfMissing ? stoppingGone(report) : Set.of();
        return of(
                letPass.stream()
                        .filter(reason -> reason.kind() != GateReason.Kind.MISSING || !gone.contains(reason.series()))
                        .toList(),
                report);
    }

    /** The ids of the series of benchmarks that are gone and stop the gate. */
    private static Set<String> stoppingGone(Report report) {
        return report.benchmarks().stream()
                .filter(BenchmarkAnswer::isGone)
                .map(answer -> answer.missing().stream().map(SeriesKey::id).collect(Collectors.toSet()))
                .filter(ids -> report.gate().trace().stream()
                        .anyMatch(reason -> reason.effect() != GatePolicy.Effect.PASS && ids.contains(reason.series())))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    /**
     * Reasons in sentences without full stops, those of the same benchmark in one: {@code Sort.quick time regressed by
     * +24.1 % (critical), and gc.alloc.rate.norm regressed by +3.2 % (minor)}.
     */
    public static List<String> of(List<GateReason> reasons, Report report) {
        return reasons.size() > 1 ? of(report).apply(reasons) : of(reasons, Map.of());
    }

    /** The same, to be asked of one benchmark's reasons after the other. */
    static Function<List<GateReason>, List<String>> of(Report report) {
        Map<String, SeriesKey> keys = byId(Stream.concat(
                report.findings().stream().map(Finding::key),
                report.missing().stream().map(Missing::key)));
        return reasons -> of(reasons, keys);
    }

    /** The same, of what a report has {@linkplain Report#against against} one benchmark. */
    public static List<String> of(List<GateReason> reasons, BenchmarkAnswer answer) {
        return of(reasons, reasons.size() > 1 ? byId(answer.keys()) : Map.of());
    }

    private static Map<String, SeriesKey> byId(Stream<SeriesKey> series) {
        Map<String, SeriesKey> keys = new HashMap<>();
        series.forEach(key -> keys.put(key.id(), key));
        return keys;
    }

    /** @param series by their ids, among which are those of the reasons; may be empty for a single reason */
    private static List<String> of(List<GateReason> reasons, Map<String, SeriesKey> series) {
        Map<String, SeriesKey> keys = reasons.size() > 1 ? series : Map.of();
        Map<Object, Map<String, SortedSet<SeriesKey>>> benchmarks = new LinkedHashMap<>();
        for (GateReason reason : reasons) {
            String words = of(reason);
            SeriesKey key = keys.get(reason.series());
            String subject = key == null ? "" : key.benchmark().label() + " " + key.metric();
            if (key == null || !words.startsWith(subject)) {
                benchmarks.put(words, Map.of());
                continue;
            }
            benchmarks
                    .computeIfAbsent(BenchmarkAnswer.Place.of(key), place -> new LinkedHashMap<>())
                    .computeIfAbsent(words.substring(subject.length()), fact -> new TreeSet<>(MainMetricFirst.ORDER))
                    .add(key);
        }
        return benchmarks.entrySet().stream()
                .map(one -> one.getKey() instanceof BenchmarkAnswer.Place place
                        ? place.benchmark().label() + " " + facts(one.getValue())
                        : one.getKey().toString())
                .toList();
    }

    /** Facts, each with the metrics that have it. */
    private static String facts(Map<String, SortedSet<SeriesKey>> metricsByFact) {
        return metricsByFact.entrySet().stream()
                .map(one -> Words.metrics(
                                one.getValue().stream().map(SeriesKey::metric).toList())
                        + one.getKey())
                .collect(Collectors.joining(", and "));
    }

    private static String onlyContext(Cause.OnlyContext one) {
        Map<Benchmark, List<String>> metrics = new LinkedHashMap<>();
        one.metrics().stream().sorted(MainMetricFirst.ORDER).forEach(key -> metrics.computeIfAbsent(
                        key.benchmark(), benchmark -> new ArrayList<>())
                .add(key.metric()));
        Benchmark first = metrics.keySet().iterator().next();
        return "nothing was judged because all measured metrics are context: " + first.label() + " "
                + Words.metrics(metrics.get(first).stream().distinct().toList())
                + (metrics.size() == 1
                        ? ""
                        : ", and " + Words.count(metrics.size() - 1, "more benchmark", "more benchmarks"))
                + ". To have a metric judged, give it the role primary under metrics: in plumbline.yaml";
    }

    private static String ofSeries(Cause.OfSeries one) {
        SeriesKey key = one.key();
        if (one.fact() instanceof Cause.Missing missing && missing.unit().isPresent()) {
            return key.benchmark().label() + ": "
                    + MissingWords.unit(key.metric(), missing.unit().get())
                    + one.lenience().map(LENIENCES::of).orElse("");
        }
        String subject = one.fact() instanceof Cause.Missing missing
                ? missing(missing, key)
                : key.benchmark().label() + " " + key.metric();
        return subject
                + FACTS.of(one.fact())
                + one.lenience().map(LENIENCES::of).orElse("");
    }

    /** One sentence for all benchmarks with the same result. */
    private static String missing(Cause.Missing one, SeriesKey key) {
        String benchmarks = Words.count(one.together(), "benchmark", "benchmarks");
        if (one.isBenchmark()) {
            return one.together() > 1 && one.renamed().isPresent()
                    ? one.renamed().get().from() + " (" + benchmarks + ")"
                    : key.benchmark().label();
        }
        return one.together() > 1
                ? key.metric() + " of " + benchmarks
                : key.benchmark().label() + " " + key.metric();
    }

    private static String renamed(Cause.Missing one) {
        return one.renamed()
                .map(now -> "; it looks renamed to "
                        + (one.together() > 1 ? now.into() : now.to().label() + MissingWords.moved(now))
                        + "; join them with plumb series rename")
                .orElse("");
    }

    private static String regressed(Cause.Regressed one) {
        return " regressed by " + percent(one.change()) + " (" + Words.lower(one.severity())
                + (one.critical() ? ", a critical benchmark" : "") + ")"
                + one.closesAt()
                        .map(severity -> "; the gate fails at " + Words.lower(severity))
                        .orElse("");
    }

    private static String fixed(FixedRule rule) {
        return "the fixed limit of "
                + switch (rule.kind()) {
                    case SHARE -> Percent.of(rule.amount());
                    case DEVIATIONS -> Quantity.plain(rule.amount(), 2) + " standard deviations";
                };
    }

    /**
     * The alarms of a fixed limit on the history, beside the allowed rate of the judge.
     *
     * @param planted the relative size of the regressions that were put into healthy runs
     * @param errorRate of the judge, for a whole run
     */
    public static String ofFixed(FixedRule rule, FixedRule.Replayed replayed, double planted, double errorRate) {
        Proportion alarms = replayed.alarms();
        Proportion found = replayed.found();
        return "gate.rule: " + fixed(rule) + " decides instead of the statistical judge: "
                + (alarms.count() == 0
                        ? "the history is too short to judge how often it fails a healthy run"
                        : "it would have failed " + Quantity.plain(alarms.hits(), Quantity.DIGITS) + " of "
                                + Words.count(alarms.count(), "healthy run", "healthy runs")
                                + " (" + Percent.of(alarms.share()) + "; the judge: at most "
                                + Percent.of(errorRate) + ")"
                                + (found.count() == 0
                                        ? ""
                                        : " and detected " + Percent.of(found.share()) + " of "
                                                + Words.count(
                                                        found.count(), "injected regression", "injected regressions")
                                                + " of " + Percent.exact(planted)));
    }

    private static String percent(double change) {
        return Double.isInfinite(change) ? "any factor, from zero" : Percent.change(change);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String suspected(Cause.Suspected one) {
        String how = one.speed() ? "slower" : "worse";
        String worse =
                one.change().isPresent() ? Percent.of(Math.abs(one.change().getAsDouble())) + " " + how : how;
        return " may be " + worse + "; one more run decides. " + remedy(one.remedy());
    }

    private static String remedy(Cause.Remedy remedy) {
        return switch (remedy) {
            case RUN_AGAIN -> "Rerun this commit, or give --confirm 'COMMAND'";
            case MEASURE_BOTH_AGAIN -> "Measure both sides again, and compare all their results";
            case MEASURE_LONGER -> "Measure longer, with a larger --budget or --max-pairs";
        };
    }

    private static String overBudget(Cause.OverBudget one) {
        Budget budget = one.budget();
        return " is " + shown(one.value(), budget) + ", "
                + (budget.side() == Budget.Side.AT_MOST ? "over" : "under") + " its budget of "
                + new Budget.Amount(budget.limit(), budget.unit()) + " (" + budget.name() + ")";
    }

    private static String shown(double value, Budget budget) {
        String number = value == 0 || Math.abs(value) >= 1e-3 && Math.abs(value) < 1e15
                ? BigDecimal.valueOf(value)
                        .round(new MathContext(5))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.format(Locale.ROOT, "%.4g", value);
        return number
                + (budget.unit().symbol().isEmpty() ? "" : " " + budget.unit().symbol());
    }
}
