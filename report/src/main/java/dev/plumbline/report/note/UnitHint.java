package dev.plumbline.report.note;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.evidence.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A hint about single series that changed by about the factor between two units. It changes no verdict: code can be a
 * thousand times slower, but a unit that was changed or mistaken is likelier.
 */
public final class UnitHint {
    /** The largest factor between a change and the unit's: real changes and noise are added. */
    private static final double TOLERANCE = 1.15;

    /** Factors of time and rates as far as thousands do not have them, which real changes hit more often. */
    private static final double NARROW = 1.03;

    private static final Map<Double, String> TIMES =
            Map.of(1e-9, "ns", 1e-6, "µs", 1e-3, "ms", 1.0, "s", 60.0, "min", 3600.0, "h");

    private static final Map<Double, String> BYTES = Map.of(
            1.0,
            "B",
            1e3,
            "kB",
            1e6,
            "MB",
            1e9,
            "GB",
            1024.0,
            "KiB",
            1024.0 * 1024,
            "MiB",
            1024.0 * 1024 * 1024,
            "GiB");

    private UnitHint() {}

    /** One series and the factor that its values changed by, or were divided by. */
    private record Hint(Finding finding, double factor, boolean isLarger) {}

    /** The first of some findings that is not triaged, and the number of others; empty where there is none. */
    public static Optional<String> of(List<Finding> findings) {
        List<Hint> hints = new ArrayList<>();
        for (Finding finding : findings) {
            if (!finding.isKnown()) {
                finding.verdict()
                        .effect()
                        .flatMap(effect -> hint(finding, effect))
                        .ifPresent(hints::add);
            }
        }
        int others = hints.size() - 1;
        return hints.stream()
                .findFirst()
                .map(first -> words(first) + (others == 0 ? "" : "; and so " + others + " more series"));
    }

    private static Optional<Hint> hint(Finding finding, Effect effect) {
        double ratio = effect.after() / effect.before();
        if (!(ratio > 0 && Double.isFinite(ratio))) {
            return Optional.empty();
        }
        double size = Math.max(ratio, 1 / ratio);
        return factors(finding.unit()).entrySet().stream()
                .filter(one -> Math.max(size / one.getKey(), one.getKey() / size) <= one.getValue())
                .map(Map.Entry::getKey)
                .min((one, other) -> Double.compare(Math.abs(Math.log(size / one)), Math.abs(Math.log(size / other))))
                .map(factor -> new Hint(finding, factor, ratio > 1));
    }

    /** The factors between units of this kind, each with how far from it a change may be. */
    private static Map<Double, Double> factors(Unit unit) {
        Map<Double, Double> factors = new TreeMap<>(Map.of(1e3, TOLERANCE, 1e6, TOLERANCE, 1e9, TOLERANCE));
        if (unit.base().equals("s") || unit.base().endsWith("/s")) {
            factors.put(60.0, NARROW);
            factors.put(3600.0, NARROW);
        } else if (unit.base().equals("B")) {
            factors.put(1024.0, TOLERANCE);
            factors.put(1024.0 * 1024, TOLERANCE);
            factors.put(1024.0 * 1024 * 1024, TOLERANCE);
        }
        return factors;
    }

    private static String words(Hint hint) {
        String factor = Quantity.plain(hint.factor, Quantity.DIGITS);
        return hint.finding.key().benchmark().label() + " " + hint.finding.key().metric() + " is about "
                + (hint.isLarger ? factor + " times" : "1/" + factor + " of")
                + " what it was, the factor between " + units(hint) + ": check its unit; the verdict stays as it is";
    }

    /** {@code ms and µs}: the unit that the values are given in, and the one that they look like. */
    private static String units(Hint hint) {
        Unit unit = hint.finding.unit();
        Map<Double, String> names =
                unit.base().equals("s") ? TIMES : unit.base().equals("B") ? BYTES : Map.of();
        double other = hint.isLarger ? unit.factor() / hint.factor : unit.factor() * hint.factor;
        Optional<String> here = name(unit.factor(), names);
        Optional<String> there = name(other, names);
        return here.isPresent() && there.isPresent() ? here.get() + " and " + there.get() : "two units";
    }

    private static Optional<String> name(double factor, Map<Double, String> names) {
        return names.entrySet().stream()
                .filter(one -> Math.abs(one.getKey() / factor - 1) < 1e-6)
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
