package dev.plumbline.report;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.MetricKind;
import dev.plumbline.report.content.SeriesCourse;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.Percent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** The margins of series, in words; memory has a wider one than other metrics, unless a rule sets it. */
public final class Margins {
    private final double general;
    private final TreeSet<Double> memory = new TreeSet<>();
    private final TreeSet<Double> others = new TreeSet<>();

    /** @param general the default for series without their own */
    public Margins(double general) {
        this.general = general;
    }

    /** The margin that a finding was judged with. */
    public static double of(Finding finding, double general) {
        List<Rung> trace = finding.trace();
        for (int i = trace.size() - 1; i >= 0; i--) {
            OptionalDouble margin = EvidenceWords.of(trace.get(i).evidence()).number("margin");
            if (margin.isPresent()) {
                return margin.getAsDouble();
            }
        }
        return general;
    }

    public Margins with(Collection<Finding> findings) {
        findings.forEach(finding -> add(finding.key(), finding.unit(), of(finding, general)));
        return this;
    }

    public Margins withCourses(List<SeriesCourse> courses, ToDoubleFunction<SeriesCourse> margin) {
        courses.forEach(course -> add(course.series().key(), course.series().unit(), margin.applyAsDouble(course)));
        return this;
    }

    private void add(SeriesKey key, Unit unit, double margin) {
        (MetricKind.of(key.metric(), unit) == MetricKind.MEMORY ? memory : others).add(rounded(margin));
    }

    /** A floor makes margins of as many digits as the level has. */
    private static double rounded(double share) {
        return new BigDecimal(share).round(new MathContext(3)).doubleValue();
    }

    /**
     * Such as {@code 2 %}, {@code 2 % (memory: 10 %)}, or {@code 2 % to 12 % (the margin of each)}.
     *
     * @param sign before each number; may be empty
     */
    public String words(String sign) {
        TreeSet<Double> all = new TreeSet<>(others);
        all.addAll(memory);
        if (all.size() <= 1) {
            return sign + Percent.exact(all.isEmpty() ? general : all.first());
        }
        if (others.size() == 1 && memory.size() == 1) {
            return sign + Percent.exact(others.first()) + " (memory: " + sign + Percent.exact(memory.first()) + ")";
        }
        return sign + Percent.exact(all.first()) + " to " + sign + Percent.exact(all.last()) + " (the margin of each)";
    }
}
