package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Report.Group;
import dev.plumbline.report.content.MainMetricFirst;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The complete result for one benchmark in one environment: the unit of every report.
 *
 * <p>A benchmark counts as the worst of its metrics that count: of the primary ones, and of those that the gate was
 * asked to weigh beside them. A benchmark that has regressed in one metric and improved in another has regressed, and
 * is counted once. Where nothing but secondary metrics was judged, these count.
 *
 * @param place its benchmark and environment, with any of its metrics, whose branch may be that of the base
 * @param group what it counts as
 * @param counting the findings of the metrics that count, worst first; empty only where it is missing
 * @param aside the findings of its other metrics, worst first
 * @param missing its metrics that earlier runs measured and these did not, the main one first
 */
public record BenchmarkAnswer(
        SeriesKey place, Group group, List<Finding> counting, List<Finding> aside, List<SeriesKey> missing) {
    /** The worst first: an accepted change for the worse before one for the better, and of these the main one. */
    private static final Comparator<Finding> WORST_METRIC_FIRST = Comparator.comparing(
                    (Finding finding) -> rank(Group.of(finding)))
            .thenComparing((one, other) -> Group.of(one) == Group.IMPROVED
                    ? MainMetricFirst.ORDER.compare(one.key(), other.key())
                    : Report.WORST_FIRST.compare(one, other));

    /** The order of a report, and of each group of it; what is missing has no finding to be ordered by. */
    private static final Comparator<BenchmarkAnswer> URGENT_FIRST = Comparator.comparing(BenchmarkAnswer::group)
            .thenComparing(answer -> answer.counting.isEmpty())
            .thenComparing((one, other) -> one.counting.isEmpty()
                    ? MainMetricFirst.ORDER.compare(one.place, other.place)
                    : Report.WORST_FIRST.compare(one.head(), other.head()));

    public BenchmarkAnswer {
        requireNonNull(place, "place");
        requireNonNull(group, "group");
        counting = List.copyOf(counting);
        aside = List.copyOf(aside);
        missing = List.copyOf(missing);
    }

    private static final int UNJUDGED = Group.values().length;

    /**
     * The order of one benchmark's answers from several environments, worst first; an answer without a judgement comes
     * last.
     */
    private static final Comparator<BenchmarkAnswer> WORST_ENVIRONMENT_FIRST =
            Comparator.comparing(answer -> answer.isUnjudged() ? UNJUDGED : rank(answer.group));

    /**
     * One answer for each benchmark, whatever the number of environments it was measured in: that of the worst.
     *
     * @param answers in their order, in which the result is too
     */
    static List<BenchmarkAnswer> once(List<BenchmarkAnswer> answers) {
        Map<Benchmark, BenchmarkAnswer> worst = new LinkedHashMap<>();
        answers.forEach(answer -> worst.merge(
                answer.place.benchmark(),
                answer,
                (one, other) -> WORST_ENVIRONMENT_FIRST.compare(one, other) <= 0 ? one : other));
        return List.copyOf(worst.values());
    }

    /** Whether nothing in its environment could be held against it. */
    private boolean isUnjudged() {
        return group == Group.NOT_COMPARABLE || group == Group.INCONCLUSIVE && DoubtWords.isTooEarly(head());
    }

    private static int rank(Group group) {
        return switch (group) {
            case REGRESSED -> 0;
            case SUSPECT -> 1;
            case MISSING -> 2;
            case KNOWN -> 3;
            case IMPROVED -> 4;
            case INCONCLUSIVE -> 5;
            case NOT_COMPARABLE -> 6;
            case UNCHANGED -> 7;
        };
    }

    /**
     * A benchmark, where it was measured. A report is of one branch; series of the history of the base have its branch
     * in their keys.
     */
    public record Place(Benchmark benchmark, String environment) {
        public static Place of(SeriesKey key) {
            return new Place(key.benchmark(), key.environment());
        }
    }

    /**
     * The answers of a report, the most urgent first.
     *
     * @param counts the series that count: those of primary metrics, and those that the gate weighs
     */
    static List<BenchmarkAnswer> of(List<Finding> findings, List<SeriesKey> missing, Predicate<SeriesKey> counts) {
        Map<Place, List<Finding>> judged = new LinkedHashMap<>();
        Map<Place, Set<SeriesKey>> lost = new LinkedHashMap<>();
        findings.forEach(finding -> judged.computeIfAbsent(Place.of(finding.key()), place -> new ArrayList<>())
                .add(finding));
        missing.forEach(key -> lost.computeIfAbsent(Place.of(key), place -> new TreeSet<>(MainMetricFirst.ORDER))
                .add(key));
        List<BenchmarkAnswer> answers = new ArrayList<>();
        judged.forEach(
                (place, all) -> answers.add(ofOne(all, List.copyOf(lost.getOrDefault(place, Set.of())), counts)));
        lost.forEach((place, keys) -> {
            if (!judged.containsKey(place)) {
                List<SeriesKey> all = List.copyOf(keys);
                answers.add(new BenchmarkAnswer(all.get(0), Group.MISSING, List.of(), List.of(), all));
            }
        });
        answers.sort(URGENT_FIRST);
        return List.copyOf(answers);
    }

    private static BenchmarkAnswer ofOne(List<Finding> all, List<SeriesKey> missing, Predicate<SeriesKey> counts) {
        List<Finding> sorted = all.stream().sorted(WORST_METRIC_FIRST).toList();
        List<Finding> counting =
                sorted.stream().filter(finding -> counts.test(finding.key())).toList();
        List<Finding> first = counting.isEmpty() ? sorted : counting;
        Group worst = Group.of(first.get(0));
        boolean lacks = missing.stream().anyMatch(counts) && rank(worst) > rank(Group.MISSING);
        return new BenchmarkAnswer(
                first.get(0).key(),
                lacks ? Group.MISSING : worst,
                first,
                sorted.stream().filter(finding -> !first.contains(finding)).toList(),
                missing);
    }

    /** Whether nothing of it was measured. */
    public boolean isGone() {
        return counting.isEmpty();
    }

    /** The finding of the worst metric that counts; of a benchmark that is not {@linkplain #isGone gone}. */
    public Finding head() {
        return counting.get(0);
    }

    /** The id, constant for as long as the change is the same: that of the head, else that of the missing benchmark. */
    public String id() {
        return isGone() ? place.id() : head().id();
    }

    /** Every finding: the head of the benchmark first, those that do not count last. */
    public List<Finding> findings() {
        return Stream.concat(counting.stream(), aside.stream()).toList();
    }

    /** Every series: those that were judged, then those that are missing. */
    Stream<SeriesKey> keys() {
        return Stream.concat(findings().stream().map(Finding::key), missing.stream());
    }

    /** Whether a metric that does not count has regressed, and none that does. */
    boolean isWorseAside() {
        return group != Group.REGRESSED && aside.stream().anyMatch(finding -> Group.of(finding) == Group.REGRESSED);
    }
}
