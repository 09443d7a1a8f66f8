package dev.plumbline.core.stats.steps;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The steps of a series and the regime it is in now.
 *
 * @param size values appended, the missing ones included
 * @param steps confirmed steps that matter, ascending
 * @param negligible confirmed steps whose whole interval is smaller than the smallest change of interest, and those of
 *     which a slope leaves nothing certain, in ascending order
 * @param suspect a step among the newest values that is not confirmed yet
 * @param regime the noise and level since the last step; empty for a series without a finite value
 * @param warnings what a reader should know about these numbers
 */
public record Steps(
        int size,
        List<Step> steps,
        List<Step> negligible,
        Optional<Step> suspect,
        Optional<Regime> regime,
        Set<Warning> warnings) {
    /** Copies the collections. */
    public Steps {
        steps = List.copyOf(steps);
        negligible = List.copyOf(negligible);
        requireNonNull(suspect, "suspect");
        requireNonNull(regime, "regime");
        warnings = java.util.Collections.unmodifiableSet(new TreeSet<>(warnings));
    }

    /** Every confirmed step, those too small to matter among them, ascending: the level changed at each. */
    public List<Step> confirmed() {
        return Stream.concat(steps.stream(), negligible.stream())
                .sorted(Comparator.comparingInt(Step::index))
                .toList();
    }

    /** The same with the suspected step among the others. */
    public Steps withSuspect() {
        List<Step> all = new ArrayList<>(steps);
        suspect.ifPresent(all::add);
        return new Steps(size, all, negligible, Optional.empty(), regime, warnings);
    }

    /** The same with only those confirmed steps that are wanted; the regime is that of the values as they are. */
    public Steps where(Predicate<Step> wanted) {
        return new Steps(
                size,
                steps.stream().filter(wanted).toList(),
                negligible.stream().filter(wanted).toList(),
                suspect,
                regime,
                warnings);
    }

    /** A limit of the answer. */
    public enum Warning {
        /** Fewer than ten finite values, and no step that such few values can show. */
        FEW_VALUES,
        /** NaN or infinite values were left out; they keep their index. */
        MISSING_VALUES,
        /** Values that are zero or negative: differences are judged instead of ratios. */
        NOT_POSITIVE,
        /** A level of zero: the relative change is infinite. */
        FROM_ZERO
    }
}
