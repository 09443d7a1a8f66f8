package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.content.MainMetricFirst;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that one check or comparison reports.
 *
 * @param version the version of Plumbline that judged
 * @param kind what was done
 * @param candidates the judged runs; empty when nothing could be read
 * @param base what they were judged against, in words: {@code the history of main}, {@code base.json}; may be empty
 * @param findings one for each judged series; worst first, whatever order they are given in
 * @param missing what earlier runs measured and these did not; sorted
 * @param gate whether the change may pass
 * @param problems what was odd in the input
 * @param notes what else a reader should know
 * @param policy what counted as a change
 * @param odd that the run is odd as a whole, in words, which comes before anything else; empty when it is not
 * @param context what was measured beside that and is not judged; sorted
 * @param authors who wrote the commits with which regressions began, as far as is known
 */
public record Report(
        String version,
        Kind kind,
        List<RunInfo> candidates,
        String base,
        List<Finding> findings,
        List<Missing> missing,
        GateDecision gate,
        List<Problem> problems,
        List<String> notes,
        Policy policy,
        Optional<String> odd,
        List<ContextMetric> context,
        CommitAuthors authors) {

    /** The subject of a report. */
    public enum Kind {
        /** A new run was judged against its history. */
        CHECK,
        /** One set of results was judged against another. */
        COMPARISON
    }

    /** The urgency of a finding or a benchmark; the declaration's order is the report's order. */
    public enum Group {
        REGRESSED,
        SUSPECT,
        /** Benchmarks alone: earlier runs measured them, or a metric of theirs, and these did not. */
        MISSING,
        IMPROVED,
        INCONCLUSIVE,
        NOT_COMPARABLE,
        /** Changes for the worse that are triaged or accepted, or that the base branch had before. */
        KNOWN,
        UNCHANGED;

        public static Group of(Finding finding) {
            boolean known = finding.isKnown();
            return switch (finding.verdict().kind()) {
                case REGRESSED -> known ? KNOWN : REGRESSED;
                case INCONCLUSIVE -> !finding.isSuspect() ? INCONCLUSIVE : known ? KNOWN : SUSPECT;
                case NOT_COMPARABLE -> NOT_COMPARABLE;
                case IMPROVED -> IMPROVED;
                case UNCHANGED -> UNCHANGED;
            };
        }

        /** Whether findings of this group are sorted by size; the others are sorted by name. */
        public boolean isBySize() {
            return this == REGRESSED || this == SUSPECT || this == KNOWN || this == IMPROVED;
        }
    }

    /** The number of open changes that are sorted by size. */
    private static final int MOST_OPEN = 5;

    private static final int MOST_WORSE = 2;

    /** The order of every list of findings: what is worst, then what its tool is about, comes first. */
    public static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Group::of)
            .thenComparing(Finding::severity, Comparator.reverseOrder())
            .thenComparing(Report::rankedSize, Comparator.reverseOrder())
            .thenComparing(Finding::key, MainMetricFirst.ORDER);

    public Report {
        requireNonNull(version, "version");
        requireNonNull(kind, "kind");
        requireNonNull(base, "base");
        requireNonNull(gate, "gate");
        requireNonNull(policy, "policy");
        requireNonNull(odd, "odd");
        requireNonNull(authors, "authors");
        candidates = List.copyOf(candidates);
        findings = findings.stream().sorted(WORST_FIRST).toList();
        missing = missing.stream().sorted().toList();
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
        context = context.stream()
                .sorted(Comparator.comparing(ContextMetric::key, MainMetricFirst.ORDER))
                .toList();
    }

    /** A report of a run that is not odd as a whole, without context and authors. */
    public Report(
            String version,
            Kind kind,
            List<RunInfo> candidates,
            String base,
            List<Finding> findings,
            List<Missing> missing,
            GateDecision gate,
            List<Problem> problems,
            List<String> notes,
            Policy policy) {
        this(
                version,
                kind,
                candidates,
                base,
                findings,
                missing,
                gate,
                problems,
                notes,
                policy,
                Optional.empty(),
                List.of(),
                CommitAuthors.UNKNOWN);
    }

    /** The same report, with one more note behind the others. */
    public Report withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return with(more, odd, context, authors);
    }

    /** The same report of a run that is odd as a whole, if there are words for it. */
    public Report withOdd(Optional<String> words) {
        return with(notes, words, context, authors);
    }

    /** The same report, with what was measured and is not judged. */
    public Report withContext(List<ContextMetric> metrics) {
        return with(notes, odd, metrics, authors);
    }

    /** The same report, with who wrote the commits. */
    public Report withAuthors(CommitAuthors known) {
        return with(notes, odd, context, known);
    }

    /** The same, where the order of the judged commit among those before it may be unknown. */
    public Report ordered(boolean isKnown) {
        return isKnown ? this : withAuthors(authors.unordered());
    }

    /** The same about some series alone; the gate has decided about all. */
    public Report about(Predicate<SeriesKey> selected) {
        Set<String> others = Stream.concat(
                        findings.stream().map(Finding::key), missing.stream().map(Missing::key))
                .filter(selected.negate())
                .map(SeriesKey::id)
                .collect(Collectors.toSet());
        return new Report(
                version,
                kind,
                candidates,
                base,
                findings.stream()
                        .filter(finding -> selected.test(finding.key()))
                        .toList(),
                missing.stream().filter(one -> selected.test(one.key())).toList(),
                new GateDecision(
                        gate.state(),
                        gate.trace().stream()
                                .filter(reason -> !others.contains(reason.series()))
                                .toList(),
                        gate.secondary()),
                problems,
                notes,
                policy,
                odd,
                context.stream().filter(one -> selected.test(one.key())).toList(),
                authors);
    }

    private Report with(List<String> others, Optional<String> words, List<ContextMetric> metrics, CommitAuthors known) {
        return new Report(
                version,
                kind,
                candidates,
                base,
                findings,
                missing,
                gate,
                problems,
                others,
                policy,
                words,
                metrics,
                known);
    }

    /** The branch of the judged runs, which may be held against another one; else that of the finding. */
    public String branch(Finding finding) {
        return candidates.stream()
                .findFirst()
                .map(run -> run.header().revision().branch())
                .filter(branch -> !branch.isEmpty())
                .orElse(finding.key().branch());
    }

    /** All benchmarks, the most urgent first; what is missing is among them. */
    public List<BenchmarkAnswer> benchmarks() {
        Set<String> weighed = gate.trace().stream()
                .filter(reason -> reason.effect() != GatePolicy.Effect.PASS)
                .map(GateReason::series)
                .collect(Collectors.toSet());
        return BenchmarkAnswer.of(
                findings,
                missing.stream().map(Missing::key).toList(),
                key -> gate.role(key) == Role.PRIMARY || weighed.contains(key.id()));
    }

    /** The benchmarks of a group. */
    public List<BenchmarkAnswer> benchmarks(Group group) {
        return benchmarks().stream().filter(answer -> answer.group() == group).toList();
    }

    /** The same where a benchmark of several environments is one: the one that it counts as. */
    public List<BenchmarkAnswer> benchmarksOnce(Group group) {
        return BenchmarkAnswer.once(benchmarks()).stream()
                .filter(answer -> answer.group() == group)
                .toList();
    }

    /** The benchmarks that earlier runs measured whole or in more metrics, by their names. */
    public List<BenchmarkAnswer> lacking() {
        return benchmarks().stream()
                .filter(answer -> !answer.missing().isEmpty())
                .sorted(Comparator.comparing(answer -> answer.missing().get(0)))
                .toList();
    }

    /** The benchmarks that need attention: worse or perhaps so, missing something, or held against the change. */
    public List<BenchmarkAnswer> wanting() {
        Against against = against();
        return benchmarks().stream()
                .filter(answer -> answer.group() == Group.REGRESSED
                        || answer.group() == Group.SUSPECT
                        || !answer.missing().isEmpty()
                        || !against.of(answer).isEmpty())
                .toList();
    }

    /**
     * The number of benchmarks in each group, each of them once: as the worst of its metrics that are not secondary, in
     * the environment where that is worst.
     *
     * @return by the names that the JSON report has for it; every one is there
     */
    public Map<String, Integer> benchmarkCounts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Group group : Group.values()) {
            counts.put(group.name(), 0);
        }
        BenchmarkAnswer.once(benchmarks())
                .forEach(answer -> counts.merge(answer.group().name(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** For each benchmark that is or may be worse, its metrics that are, the worst first. */
    public List<List<Finding>> worseByBenchmark() {
        return benchmarks().stream()
                .filter(answer -> answer.group() == Group.REGRESSED || answer.group() == Group.SUSPECT)
                .map(answer -> answer.findings().stream()
                        .filter(finding -> Group.of(finding) == Group.REGRESSED || Group.of(finding) == Group.SUSPECT)
                        .toList())
                .toList();
    }

    /** The number of metrics with each verdict; every verdict is there, in the order of the enum. */
    public Map<Verdict.Kind, Integer> counts() {
        Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
        for (Verdict.Kind verdict : Verdict.Kind.values()) {
            counts.put(verdict, 0);
        }
        findings.forEach(finding -> counts.merge(finding.verdict().kind(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** The reasons that fail or hold the gate, to be asked for one series or benchmark after the other. */
    public Against against() {
        return new Against(gate.deciding());
    }

    /** The reasons that fail or hold the gate, by series: a report of ten thousand may have as many reasons. */
    public static final class Against {
        private final List<GateReason> deciding;
        private final Map<String, List<Integer>> places = new HashMap<>();

        private Against(List<GateReason> deciding) {
            this.deciding = deciding;
            for (int i = 0; i < deciding.size(); i++) {
                places.computeIfAbsent(deciding.get(i).series(), series -> new ArrayList<>())
                        .add(i);
            }
        }

        /** The reason why a series fails or holds the gate, if it does. */
        public Optional<String> of(SeriesKey key) {
            return places(key).limit(1).map(deciding::get).map(GateWords::of).findFirst();
        }

        /** The reasons why a benchmark fails or holds the gate, by any of its metrics, worst first. */
        public List<GateReason> of(BenchmarkAnswer answer) {
            return answer.keys()
                    .flatMap(this::places)
                    .distinct()
                    .sorted()
                    .map(deciding::get)
                    .toList();
        }

        private Stream<Integer> places(SeriesKey key) {
            // mostly there is none, and no series needs to be asked for its id, which is a digest
            return places.isEmpty() ? Stream.empty() : places.getOrDefault(key.id(), List.of()).stream();
        }
    }

    /** The margins of what was judged, in words, such as "2 % (memory: 10 %)". */
    public String margins() {
        return new Margins(policy.margin()).with(findings).words("");
    }

    /** The findings of this group, of any metric. */
    public List<Finding> in(Group group) {
        return findings.stream().filter(finding -> Group.of(finding) == group).toList();
    }

    /**
     * The largest changes among the benchmarks that are inconclusive, one of each: first those whose interval lies
     * beyond the margin, then those that reach it; no more than {@value #MOST_OPEN}.
     */
    public List<Finding> largestOpen() {
        OverLimit limits = new OverLimit(this);
        return benchmarks(Group.INCONCLUSIVE).stream()
                .flatMap(answer -> answer.counting().stream()
                        .filter(finding -> Group.of(finding) == Group.INCONCLUSIVE)
                        .filter(finding -> Double.isFinite(size(finding)) && !limits.contains(finding))
                        .filter(finding -> !DoubtWords.isDisagreement(finding))
                        .map(finding -> new Open(finding, Margins.of(finding, policy.margin())))
                        .filter(Open::reachesMargin)
                        .min(Open.LARGEST_FIRST)
                        .stream())
                .sorted(Open.LARGEST_FIRST)
                .limit(MOST_OPEN)
                .map(Open::finding)
                .toList();
    }

    /** The findings of {@link #largestOpen} that are worse and whose interval lies beyond the margin. */
    public List<Finding> looksWorse() {
        return largestOpen().stream()
                .filter(finding -> finding.verdict()
                        .effect()
                        .filter(effect -> finding.better().isWorse(effect.relativeChange()))
                        .isPresent())
                .filter(finding -> new Open(finding, Margins.of(finding, policy.margin())).isBeyondMargin())
                .limit(MOST_WORSE)
                .toList();
    }

    /** An inconclusive finding and the margin that it was judged with, which takes reading its trace. */
    private record Open(Finding finding, double margin) {
        static final Comparator<Open> LARGEST_FIRST = Comparator.comparing(
                        Open::isBeyondMargin, Comparator.reverseOrder())
                .thenComparing(open -> size(open.finding), Comparator.reverseOrder())
                .thenComparing(Open::finding, Comparator.comparing(Finding::key, MainMetricFirst.ORDER));

        boolean reachesMargin() {
            return size(finding) >= margin;
        }

        boolean isBeyondMargin() {
            return finding.verdict()
                    .effect()
                    .map(Effect::interval)
                    .filter(interval -> interval.low() > margin || interval.high() < -margin)
                    .isPresent();
        }
    }

    /** The size of a finding's change without its sign; 0 when there is none; may be infinite. */
    public static double size(Finding finding) {
        return finding.verdict()
                .effect()
                .map(Effect::relativeChange)
                .map(Math::abs)
                .orElse(0.0);
    }

    private static double rankedSize(Finding finding) {
        return Group.of(finding).isBySize() ? size(finding) : 0;
    }
}
