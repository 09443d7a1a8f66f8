package dev.plumbline.core.judge.trial;

import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.suite.ShiftEvidence;
import dev.plumbline.core.stats.suite.SuiteEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.DoublePredicate;

/** The joint evidence of the series of a run about a change in each of them; runs of one environment are a suite. */
public final class JudgedSuite {
    /**
     * The part of the share of healthy runs that may fail the gate that is decided by the suite's own past. The rest
     * is a reserve: real histories have more false positives than their past predicts.
     */
    static final double SPENT = 0.7;

    private final List<Optional<Shift>> shifts;
    private final int series;

    private JudgedSuite(List<Optional<Shift>> shifts, int series) {
        this.shifts = shifts;
        this.series = series;
    }

    /**
     * One series of a suite.
     *
     * @param values its runs' and then its judged values, as scores of its regime
     * @param runs of those that come before the judged ones, oldest first
     * @param judged how many values are judged
     * @param levelFrom the first of the values on the current level
     * @param regime on whose scale the values are
     * @param isAlone whether the judged values are of another branch
     */
    public record Entry(
            double[] values,
            List<RunInfo> runs,
            int judged,
            int levelFrom,
            Regime regime,
            Better better,
            double margin,
            boolean isAlone,
            String environment) {
        /** The multiple of the noise that replaces the level of values around zero, which have no relative change. */
        private static final double DEVIATIONS = 20;

        private double sign() {
            return better == Better.LOWER ? 1 : -1;
        }

        /** The size of a relative change of one on the scale of the scores. */
        private double unit() {
            return regime.scale() instanceof Regime.Logarithmic
                    ? 1
                    : Math.max(Math.abs(regime.centre()), Math.max(DEVIATIONS * regime.deviation(), 1e-12));
        }

        private double marginShift() {
            return regime.scale() instanceof Regime.Logarithmic
                    ? better == Better.LOWER ? StrictMath.log1p(margin) : -StrictMath.log1p(-margin)
                    : margin * Math.abs(regime.centre()) / unit();
        }

        /** @param rows those of its newest values, ascending */
        private SuiteEvidence.Member member(int[] rows) {
            double[] newest = new double[rows.length];
            int skipped = values.length - rows.length;
            for (int j = 0; j < rows.length; j++) {
                // what has no logarithm is far down
                newest[j] = sign() * Math.max(-1e6, values[skipped + j] / unit());
            }
            int from = levelFrom <= skipped || levelFrom >= values.length ? 0 : rows[levelFrom - skipped];
            return new SuiteEvidence.Member(newest, rows, judged, marginShift(), from, isAlone);
        }
    }

    /** @param entries one for each series; empty for those that are not asked about */
    public static JudgedSuite of(List<Optional<Entry>> entries) {
        Map<String, List<Integer>> environments = new TreeMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).isPresent()) {
                environments
                        .computeIfAbsent(entries.get(i).get().environment, name -> new ArrayList<>())
                        .add(i);
            }
        }
        int asked = environments.values().stream().mapToInt(List::size).sum();
        List<Optional<Shift>> shifts = new ArrayList<>(java.util.Collections.nCopies(entries.size(), Optional.empty()));
        for (List<Integer> places : environments.values()) {
            // on real histories the share of healthy runs that are called goes with the root of what may be spent: a
            // share that is only divided among environments would close more gates than one environment does
            double suites = (double) environments.size() * asked / places.size();
            List<Entry> own =
                    places.stream().map(i -> entries.get(i).orElseThrow()).toList();
            SuiteEvidence evidence = evidence(own);
            for (int i = 0; i < places.size(); i++) {
                shifts.set(places.get(i), Optional.of(new Shift(own.get(i), evidence, i, suites)));
            }
        }
        return new JudgedSuite(shifts, entries.size());
    }

    private static SuiteEvidence evidence(List<Entry> entries) {
        List<List<RunInfo>> histories = entries.stream()
                .map(entry -> entry.runs.subList(Math.max(0, entry.runs.size() - SuiteRows.MOST), entry.runs.size()))
                .toList();
        SuiteRows.Placed placed = SuiteRows.place(
                histories, entries.stream().mapToInt(Entry::judged).toArray());
        SuiteEvidence.Member[] members = new SuiteEvidence.Member[entries.size()];
        for (int i = 0; i < members.length; i++) {
            members[i] = entries.get(i).member(placed.rows()[i]);
        }
        return SuiteEvidence.of(placed.count(), members);
    }

    /** The number of series that are judged together. */
    public int series() {
        return series;
    }

    /** The evidence about one series; empty where it was not judged. */
    public Optional<Shift> of(int place) {
        return shifts.get(place);
    }

    /** The shift with another history of a series in place of its own, while the rest is unchanged. */
    public Shift standBy(int place, Entry entry) {
        Shift own = shifts.get(place).orElseThrow();
        int skipped = Math.max(0, entry.values.length - SuiteRows.MOST);
        int[] rows = new int[entry.values.length - skipped];
        Arrays.setAll(rows, i -> i);
        return new Shift(entry, own.evidence.standBy(entry.member(rows)), 0, own.suites);
    }

    /**
     * The shift of one series' judged values.
     *
     * @param suites the share of the error rate that the suite of this environment may not spend, as a factor
     */
    public record Shift(Entry entry, SuiteEvidence evidence, int member, double suites) {
        /** The share of healthy runs in which any series shows as much evidence for a change for the worse. */
        double probabilityOfWorse() {
            return suited(evidence.worse(member).probability());
        }

        double probabilityOfBetter() {
            return suited(evidence.better(member).probability());
        }

        /** The same of the evidence for a change for the worse in a number of values, the newest ones, alone. */
        double probabilityOfWorse(int values) {
            return suited(evidence.worse(member, values).probability());
        }

        double probabilityOfBetter(int values) {
            return suited(evidence.better(member, values).probability());
        }

        private double suited(double probability) {
            return Math.min(1, probability * suites / SPENT);
        }

        ShiftEvidence worse() {
            return evidence.worse(member);
        }

        ShiftEvidence better() {
            return evidence.better(member);
        }

        /** The level before the judged values, as a score; empty where too little is known. */
        OptionalDouble level() {
            double level = evidence.level(member);
            return Double.isNaN(level)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(entry.sign() * level * entry.unit());
        }

        /** The common change of the judged values with their run, as a score. */
        double shared() {
            return entry.sign() * evidence.shared(member) * entry.unit();
        }

        /** The scores of the newest values from their level, without what is shared. */
        double[] newest(int count) {
            return Arrays.stream(evidence.newest(member, count))
                    .map(each -> entry.sign() * each * entry.unit())
                    .toArray();
        }

        /** The standard deviation of the noise as a score; empty where too little is known. */
        OptionalDouble scale() {
            OptionalDouble scale = evidence.scale(member);
            return scale.isEmpty() ? scale : OptionalDouble.of(scale.getAsDouble() * entry.unit());
        }

        /** By how much the whole suite moved with this run, as a relative change for the worse. */
        double wholeShift() {
            return evidence.whole().shift();
        }

        /** The number of runs before the judged ones that moved with them. */
        int wholeLasting() {
            return evidence.whole().lasting();
        }

        double probabilityOfWholeWorse() {
            return evidence.whole().worse().probability();
        }

        double probabilityOfWholeBetter() {
            return evidence.whole().better().probability();
        }

        /**
         * The smallest relative change for the worse that a number of runs shows with a power; empty where none is
         * known.
         */
        OptionalDouble detectable(double errorRate, int runs, double power) {
            OptionalDouble shift = evidence.detectable(member, runs, errorRate * SPENT / suites, power);
            return shift.isEmpty() ? shift : OptionalDouble.of(relative(shift.getAsDouble()));
        }

        /**
         * Whether that change is small enough.
         *
         * @param isEnough true of a relative change and of all smaller ones
         */
        boolean isDetectable(double errorRate, int runs, double power, DoublePredicate isEnough) {
            return evidence.isDetectable(
                    member, runs, errorRate * SPENT / suites, power, shift -> isEnough.test(relative(shift)));
        }

        /** The relative change of a shift for the worse. */
        private double relative(double shift) {
            return Math.abs(Expectation.relative(entry.regime, entry.sign() * shift * entry.unit()));
        }

        /** The number of runs as far off as these that would show a change. */
        OptionalInt runsToShow(double errorRate, int most) {
            return evidence.runsToShow(member, errorRate * SPENT / suites, most);
        }
    }
}
