package dev.plumbline.report;

import dev.plumbline.core.model.Unit;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.NamedNumber;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;

/** The numbers of evidence as people read them: named in words, shares in per cent, levels in their unit. */
public final class EvidenceNumbers {
    /** The kind of a number. */
    private enum Kind {
        COUNT,
        SHARE,
        CHANGE,
        PROBABILITY,
        LOG_RATIO,
        LEVEL,
        PLAIN
    }

    /** Larger ratios are given as more than this. */
    private static final double MOST = 1_000_000;

    private record Meaning(String words, Kind kind) {}

    /** By the name of the evidence and the number's, or by the number's alone. */
    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            Map.entry("commits", new Meaning("earlier commits of the branch that show it", Kind.COUNT)),
            Map.entry("runs", new Meaning("runs", Kind.COUNT)),
            Map.entry("currentRuns", new Meaning("runs at the current level", Kind.COUNT)),
            Map.entry("quietRuns", new Meaning("newest runs with much less noise than before", Kind.COUNT)),
            Map.entry("leftOut", new Meaning("runs left out (judged regressions)", Kind.COUNT)),
            Map.entry("needed", new Meaning("runs needed", Kind.COUNT)),
            Map.entry("runsSince", new Meaning("runs since then", Kind.COUNT)),
            Map.entry("runsBefore", new Meaning("runs before it", Kind.COUNT)),
            Map.entry("runsNow", new Meaning("runs now", Kind.COUNT)),
            Map.entry("losses", new Meaning("losses", Kind.COUNT)),
            Map.entry("suiteSize", new Meaning("series judged together", Kind.COUNT)),
            Map.entry("suiteHistory", new Meaning("earlier runs of the suite considered", Kind.COUNT)),
            Map.entry("baseForks", new Meaning("processes of the base", Kind.COUNT)),
            Map.entry("candidateForks", new Meaning("processes of the candidate", Kind.COUNT)),
            Map.entry("pairs", new Meaning("pairs", Kind.COUNT)),
            Map.entry("samples", new Meaning("samples", Kind.COUNT)),
            Map.entry("summaries", new Meaning("summaries", Kind.COUNT)),
            Map.entry("withQuantiles", new Meaning("of them with quantiles", Kind.COUNT)),
            Map.entry("withDeviationAndCount", new Meaning("of them with deviation and count", Kind.COUNT)),
            Map.entry("fewestExecutions", new Meaning("executions of the smaller side", Kind.COUNT)),
            Map.entry("degreesOfFreedom", new Meaning("degrees of freedom", Kind.PLAIN)),
            Map.entry("level", new Meaning("level", Kind.LEVEL)),
            Map.entry("noise", new Meaning("noise from run to run", Kind.SHARE)),
            Map.entry("forkDeviation", new Meaning("deviation between processes", Kind.SHARE)),
            Map.entry("pairDeviation", new Meaning("deviation between pairs", Kind.SHARE)),
            Map.entry("autocorrelation", new Meaning("autocorrelation of neighbouring runs, 0 to 1", Kind.PLAIN)),
            Map.entry("deviations", new Meaning("standard errors from the level", Kind.PLAIN)),
            Map.entry("student", new Meaning("p by Student's t", Kind.PROBABILITY)),
            Map.entry("suite", new Meaning("p by the suite's own history", Kind.PROBABILITY)),
            Map.entry("pValue", new Meaning("p", Kind.PROBABILITY)),
            Map.entry("adjusted", new Meaning("p, corrected for the whole suite", Kind.PROBABILITY)),
            Map.entry("limit", new Meaning("limit for p", Kind.PROBABILITY)),
            Map.entry("step", new Meaning("p of the change point", Kind.PROBABILITY)),
            Map.entry("before", new Meaning("p on the earlier level", Kind.PROBABILITY)),
            Map.entry("suite.evidence", new Meaning("likelihood ratio of a change to none", Kind.LOG_RATIO)),
            Map.entry("eValue", new Meaning("evidence ratio, to 1", Kind.PLAIN)),
            Map.entry("times", new Meaning("times the difference a change must exceed", Kind.PLAIN)),
            Map.entry("low", new Meaning("the interval's lower end", Kind.CHANGE)),
            Map.entry("high", new Meaning("the interval's upper end", Kind.CHANGE)),
            Map.entry("change", new Meaning("change", Kind.CHANGE)),
            Map.entry("floor.change", new Meaning("change", Kind.LEVEL)),
            Map.entry("difference", new Meaning("difference", Kind.CHANGE)),
            Map.entry("margin", new Meaning("margin", Kind.SHARE)),
            Map.entry("floor", new Meaning("floor", Kind.LEVEL)),
            Map.entry("share", new Meaning("percentile", Kind.SHARE)),
            Map.entry("resolution", new Meaning("the tool's resolution", Kind.SHARE)),
            Map.entry("detectable", new Meaning("minimum detectable change with one run", Kind.SHARE)),
            Map.entry("asked", new Meaning("requested change", Kind.SHARE)));

    private EvidenceNumbers() {}

    /**
     * {@code noise from run to run: 0.9 %}; a number that has no words here keeps its name.
     *
     * @param typical a value in whose unit levels are shown; not a number for each in its own
     */
    public static String words(EvidenceWords reported, NamedNumber number, Unit unit, double typical) {
        Meaning own = MEANINGS.get(reported.name() + "." + number.name());
        Meaning meaning = own == null ? MEANINGS.get(number.name()) : own;
        if (meaning == null) {
            return number.name() + ": " + Quantity.plain(number.value(), Quantity.DIGITS);
        }
        return meaning.words + ": " + shown(number.value(), meaning.kind, unit, typical);
    }

    /** {@code 1,160 to 1}, or {@code 1 to 4.5} where it is evidence against. */
    private static String ratio(double ratio, boolean against) {
        String one = ratio > MOST
                ? "over " + Quantity.plain(MOST, Quantity.DIGITS)
                : Quantity.plain(
                        new BigDecimal(ratio)
                                .round(new MathContext(ratio < 10 ? 2 : 3))
                                .doubleValue(),
                        3);
        return against ? "1 to " + one : one + " to 1";
    }

    private static String shown(double value, Kind kind, Unit unit, double typical) {
        return switch (kind) {
            case COUNT, PLAIN -> Quantity.plain(value, Quantity.DIGITS);
            case SHARE -> Percent.of(value);
            case CHANGE -> Words.bound(value);
            case LOG_RATIO -> ratio(Math.exp(Math.abs(value)), value < 0);
            case PROBABILITY -> Quantity.probability(value);
            case LEVEL -> Quantity.like(typical, value, unit, Double.NaN);
        };
    }
}
