package dev.plumbline.report.html;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Selection;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.report.DoubtWords;
import dev.plumbline.report.MeasuredChange;
import dev.plumbline.report.Report;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.WarningWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.Distribution;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.format.PackedNumbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The parts that the data of every page are made of.
 *
 * <p>Displayed numbers are text made by {@link Quantity}, so that a page shows the same as every other form of the
 * report; numbers that are drawn or sorted are numbers. Runs are listed once, in a table at the end; a course names its
 * runs by their place in it.
 */
final class PageData {
    /** The name and version of the form; the bundle that ships with this class is its only reader. */
    static final String FORM = "plumbline-page/1";

    /** Digits of numbers that are drawn or sorted. */
    private static final MathContext DIGITS = new MathContext(6);

    private final JsonText json;
    private final PageRuns runs;

    private final Predicate<Finding> withinNoise;

    /** @param withinNoise what no verdict was possible of, and asks for nothing */
    PageData(JsonText json, PageRuns runs, Predicate<Finding> withinNoise) {
        this.withinNoise = withinNoise;
        this.json = json;
        this.runs = runs;
    }

    /** The place of a run in the table. */
    int run(RunInfo run) {
        return runs.run(run);
    }

    /** Writes the members that identify a series. */
    void series(SeriesKey key, Unit unit, boolean lower) {
        json.text("label", Words.label(key));
        if (!key.benchmark().parameters().isEmpty()) {
            json.text("name", key.benchmark().name());
        }
        json.text("metric", key.metric());
        json.text("unit", unit.symbol());
        if (!lower) {
            json.truth("higher", true);
        }
        json.text("environment", key.environment());
        json.text("branch", key.branch());
    }

    void finding(Finding finding) {
        json.text("group", Report.Group.of(finding).name());
        json.text("severity", finding.severity().name());
        json.text("verdict", DoubtWords.verdict(finding, withinNoise));
        Words.change(finding).ifPresent(change -> json.text("change", change));
        finding.verdict().effect().ifPresent(effect -> effect(effect, finding));
        finding.baseline().ifPresent(baseline -> json.object("baseline", () -> baseline(baseline, finding)));
        if (finding.pValue().isPresent()) {
            json.text("p", Quantity.probability(finding.pValue().getAsDouble()));
        }
        if (finding.detectableChange().isPresent()) {
            json.text("sees", Percent.of(finding.detectableChange().getAsDouble()));
        }
        if (!finding.since().isEmpty()) {
            json.text("since", finding.since());
        }
        json.text("why", DoubtWords.why(finding));
        json.array("ladder", finding.trace(), this::rung);
        finding.statement()
                .map(TriageWords::stated)
                .or(() -> finding.alreadyOpen().map(TriageWords::alreadyOpen))
                .ifPresent(stated -> json.text("said", stated));
        if (!finding.warnings().isEmpty()) {
            json.array("warnings", WarningWords.of(finding), json::text);
        }
    }

    private void effect(Effect effect, Finding finding) {
        MeasuredChange levels = MeasuredChange.of(finding).orElseThrow();
        json.object("effect", () -> {
            json.text("before", levels.before());
            json.text("after", levels.after());
            number("relative", effect.relativeChange());
            json.text("text", levels.change());
            json.text("interval", levels.interval());
            json.text("confidence", Words.confidence(effect.interval().confidence()));
            if (!levels.interval().isEmpty()
                    && Double.isFinite(effect.interval().low())
                    && Double.isFinite(effect.interval().high())) {
                json.numbers(
                        "bounds",
                        rounded(effect.interval().low()),
                        rounded(effect.interval().high()));
            }
            json.truth("worse", finding.better().isWorse(effect.relativeChange()));
        });
    }

    private void baseline(Baseline baseline, Finding finding) {
        json.integer("runs", baseline.runs());
        json.text("level", Quantity.of(baseline.level(), finding.unit(), baseline.deviation()));
        json.text("deviation", Percent.of(baseline.deviation()));
        json.text("deviationRange", Words.shares(baseline.deviationInterval()));
        json.text("interval", interval(baseline.interval(), finding.unit()));
        json.integer("first", run(baseline.first()));
        json.integer("last", run(baseline.last()));
    }

    private static String interval(Interval interval, Unit unit) {
        Quantity.Pair ends = Quantity.pair(interval.low(), interval.high(), unit, 0.0005);
        return ends.before() + " to " + ends.after();
    }

    private void rung(Rung rung) {
        EvidenceWords reported = EvidenceWords.of(rung.evidence());
        json.startArray();
        json.text(reported.name());
        json.text(rung.outcome().name().substring(0, 1));
        json.text(reported.words());
        json.endArray();
    }

    /**
     * A course: its points, its steps, and the range in which the next one is expected.
     *
     * @param judged how many points at the end were judged
     */
    void course(Series series, Steps steps, int judged) {
        course(new SeriesCourse(series, steps), judged);
    }

    /** The same; the expected next point of a seasonal series depends on the time. */
    void course(SeriesCourse course, int judged) {
        Series series = course.series();
        Steps steps = course.steps();
        List<Point> points = series.points();
        PackedNumbers values = PackedNumbers.of(series.values());
        Quantity.Display display = Quantity.display(typical(series), series.unit());
        json.object("course", () -> {
            json.integer("axis", runs.axis(series));
            json.number("step", values.step());
            json.text("values", values.text());
            json.number("factor", display.factor());
            json.text("suffix", display.suffix());
            if (judged > 0) {
                json.integer("judged", judged);
            }
            int[] bad = IntStream.range(0, points.size())
                    .filter(index -> points.get(index).judgedBad())
                    .toArray();
            if (bad.length > 0) {
                json.integers("bad", IntStream.of(bad).asLongStream().toArray());
            }
            json.array("steps", steps.steps(), step -> json.object(() -> step(step, series)));
            if (!steps.negligible().isEmpty()) {
                json.array(
                        "small",
                        steps.negligible(),
                        step -> json.object(() -> {
                            json.integer("at", step.index());
                            number("before", step.before());
                        }));
            }
            steps.suspect().ifPresent(step -> json.object("suspect", () -> step(step, series)));
            steps.regime().ifPresent(regime -> json.object("regime", () -> regime(regime, !course.isSeasonal())));
            bands(course);
        });
    }

    /** For each stretch the range in which its level lies, low and high in turn; absent where one is not known. */
    private void bands(SeriesCourse course) {
        double[] ends = course.stretches().stream()
                .map(course::interval)
                .flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high()))
                .toArray();
        if (DoubleStream.of(ends).allMatch(Double::isFinite) && ends.length > 0) {
            json.numbers("bands", DoubleStream.of(ends).map(PageData::rounded).toArray());
        }
    }

    private static double typical(Series series) {
        double[] sizes = series.values();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(sizes[i]);
        }
        return sizes.length == 0 ? 0 : Selection.select(sizes, sizes.length, sizes.length / 2);
    }

    private void step(Step step, Series series) {
        json.integer("at", step.index());
        if (step.firstIndex() != step.index() || step.lastIndex() != step.index()) {
            json.integers("range", step.firstIndex(), step.lastIndex());
        }
        number("before", step.before());
        number("after", step.after());
        number("relative", step.relativeChange());
        json.text("text", Quantity.change(step.relativeChange()));
        json.text("interval", Words.bound(step.low()) + " to " + Words.bound(step.high()));
        json.truth("worse", series.better().isWorse(step.relativeChange()));
    }

    private void regime(Regime regime, boolean expects) {
        json.integer("start", regime.start());
        number("level", regime.level());
        number("noise", regime.relativeNoise());
        if (expects && regime.enough()) {
            double low = regime.lowest(0.05);
            double high = regime.highest(0.05);
            if (Double.isFinite(low) && Double.isFinite(high)) {
                json.numbers("expected", rounded(low), rounded(high));
            }
        }
    }

    void distribution(Distribution distribution) {
        PackedNumbers values = PackedNumbers.of(
                distribution.values().stream().mapToDouble(Double::doubleValue).toArray());
        json.text("name", distribution.name());
        json.number("step", values.step());
        json.text("values", values.text());
        json.integer("total", distribution.total());
    }

    /** The tables that the courses refer to; last, when nothing names another run. */
    void tables(PageFrame frame) {
        runs.write(json, frame);
    }

    static java.time.Instant time(RunInfo run) {
        return run.time();
    }

    /** A number to be drawn or sorted; absent where it is not finite. */
    void number(String name, double value) {
        if (Double.isFinite(value)) {
            json.number(name, rounded(value));
        }
    }

    private static double rounded(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? value
                : new BigDecimal(value).round(DIGITS).doubleValue();
    }

    /** A fact of the environment on both sides. */
    private record Fact(String name, Optional<String> reference, Optional<String> candidate) {}

    /** Writes the facts of the two environments, those that differ first. */
    void environments(List<RunInfo> reference, List<RunInfo> candidates) {
        Map<String, String> before = facts(reference);
        Map<String, String> after = facts(candidates);
        List<Fact> facts = new ArrayList<>();
        Map<String, String> names = new java.util.TreeMap<>(before);
        names.putAll(after);
        names.keySet()
                .forEach(name -> facts.add(
                        new Fact(name, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name)))));
        json.array("environment", facts, fact -> {
            json.startArray();
            json.text(fact.name());
            json.text(fact.reference().orElse(""));
            json.text(fact.candidate().orElse(""));
            json.endArray();
        });
        json.truth("hasReference", !reference.isEmpty());
    }

    /** The facts of the newest run; those of the tool are for people, too. */
    private static Map<String, String> facts(List<RunInfo> runs) {
        if (runs.isEmpty()) {
            return Map.of();
        }
        RunInfo newest = runs.get(runs.size() - 1);
        Map<String, String> facts =
                new LinkedHashMap<>(newest.header().environment().facts());
        newest.header().toolFacts().forEach((name, value) -> facts.putIfAbsent("tool." + name, value));
        return facts;
    }
}
