package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything there is to tell of one check or comparison.
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
 * @param odd that the run is odd as a whole, in words, which is said before anything else; empty when it is not
 */
public record Report(
        String version,
        Kind kind,
        List<RunInfo> candidates,
        String base,
        List<Finding> findings,
        List<SeriesKey> missing,
        GateDecision gate,
        List<Problem> problems,
        List<String> notes,
        Policy policy,
        Optional<String> odd) {
    /** What a report tells of. */
    public enum Kind {
        /** A new run was judged against its history. */
        CHECK,
        /** One set of results was judged against another. */
        COMPARISON
    }

    /** How urgent a finding is; the declaration's order is the report's order. */
    enum Group {
        REGRESSED,
        SUSPECT,
        IMPROVED,
        INCONCLUSIVE,
        NOT_COMPARABLE,
        /** Changes for the worse of which a person has said something. */
        KNOWN,
        UNCHANGED;

        static Group of(Finding finding) {
            boolean known = finding.statement().isPresent();
            return switch (finding.verdict().kind()) {
                case REGRESSED -> known ? KNOWN : REGRESSED;
                case INCONCLUSIVE -> !finding.isSuspect() ? INCONCLUSIVE : known ? KNOWN : SUSPECT;
                case NOT_COMPARABLE -> NOT_COMPARABLE;
                case IMPROVED -> IMPROVED;
                case UNCHANGED -> UNCHANGED;
            };
        }

        /** Whether findings of this group are told by size; the others are told by name. */
        boolean isBySize() {
            return this == REGRESSED || this == SUSPECT || this == KNOWN || this == IMPROVED;
        }
    }

    /** So many open changes are told by size. */
    private static final int MOST_OPEN = 5;

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
        candidates = List.copyOf(candidates);
        findings = findings.stream().sorted(WORST_FIRST).toList();
        missing = missing.stream().sorted().toList();
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** A report of a run that nothing says is odd as a whole. */
    public Report(
            String version,
            Kind kind,
            List<RunInfo> candidates,
            String base,
            List<Finding> findings,
            List<SeriesKey> missing,
            GateDecision gate,
            List<Problem> problems,
            List<String> notes,
            Policy policy) {
        this(version, kind, candidates, base, findings, missing, gate, problems, notes, policy, Optional.empty());
    }

    /** The same report, with one more note behind the others. */
    public Report withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Report(version, kind, candidates, base, findings, missing, gate, problems, more, policy, odd);
    }

    /** How many findings have each verdict; every verdict is there, in the order of the enum. */
    public Map<Verdict.Kind, Integer> counts() {
        Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
        for (Verdict.Kind verdict : Verdict.Kind.values()) {
            counts.put(verdict, 0);
        }
        findings.forEach(finding -> counts.merge(finding.verdict().kind(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** What the gate has against a series, if it has anything. */
    public Optional<String> reasonAgainst(SeriesKey key) {
        List<GateReason> deciding = gate.deciding();
        if (deciding.isEmpty()) {
            return Optional.empty();
        }
        String id = key.id();
        return deciding.stream()
                .filter(reason -> reason.series().equals(id))
                .map(GateWords::of)
                .findFirst();
    }

    /** The margins of what was judged, in words, such as "2 % (memory: 10 %)". */
    String margins() {
        return new Margins(policy.margin()).with(findings).words("");
    }

    List<Finding> in(Group group) {
        return findings.stream().filter(finding -> Group.of(finding) == group).toList();
    }

    /**
     * The largest changes among what is inconclusive: first those whose interval lies beyond the margin, then those
     * that reach it; no more than {@value #MOST_OPEN}.
     */
    List<Finding> largestOpen() {
        return in(Group.INCONCLUSIVE).stream()
                .filter(finding ->
                        Double.isFinite(size(finding)) && size(finding) >= Margins.of(finding, policy.margin()))
                .sorted(Comparator.comparing(this::isBeyondMargin, Comparator.reverseOrder())
                        .thenComparing(Report::size, Comparator.reverseOrder())
                        .thenComparing(Finding::key, MainMetricFirst.ORDER))
                .limit(MOST_OPEN)
                .toList();
    }

    private boolean isBeyondMargin(Finding finding) {
        double margin = Margins.of(finding, policy.margin());
        return finding.verdict()
                .effect()
                .map(Effect::interval)
                .filter(interval -> interval.low() > margin || interval.high() < -margin)
                .isPresent();
    }

    /** The size of a finding's change without its sign; 0 when there is none; may be infinite. */
    static double size(Finding finding) {
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
