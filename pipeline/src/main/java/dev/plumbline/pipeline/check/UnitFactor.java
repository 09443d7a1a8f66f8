package dev.plumbline.pipeline.check;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.report.note.CheckNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether all that was judged differs from its history by the factor between two units. No change of code and no
 * machine does that to several benchmarks at once; nanoseconds that are called microseconds do.
 */
final class UnitFactor {
    private static final int LEAST = 2;

    /** How far from a power of a thousand each benchmark may be: real changes and noise come on top. */
    private static final double TOLERANCE = 1.3;

    private UnitFactor() {}

    /** In words; empty where it does not. */
    static Optional<String> words(Judgement judgement) {
        Set<String> judged = judgement.runs().stream().map(RunInfo::id).collect(Collectors.toSet());
        List<Double> exponents = new ArrayList<>();
        for (Judgement.Judged one : judgement.series()) {
            Finding finding = one.finding();
            if (finding.baseline().isPresent() && one.trial().isPresent()) {
                double now = now(one.trial().get(), judged);
                double exponent = Math.log10(now / finding.baseline().get().level()) / 3;
                if (Double.isFinite(exponent)) {
                    exponents.add(exponent);
                }
            }
        }
        if (exponents.size() < LEAST) {
            return Optional.empty();
        }
        long power = Math.round(exponents.get(0));
        boolean isUnit =
                power != 0 && exponents.stream().allMatch(one -> Math.abs(one - power) <= Math.log10(TOLERANCE) / 3);
        return isUnit ? Optional.of(CheckNotes.unitFactor(exponents.size(), (int) power)) : Optional.empty();
    }

    private static double now(Trial trial, Set<String> judged) {
        double[] values = trial.candidate().stream()
                .filter(point -> judged.contains(point.run().id()))
                .mapToDouble(point -> point.value())
                .toArray();
        return values.length == 0 ? Double.NaN : Location.median(values);
    }
}
