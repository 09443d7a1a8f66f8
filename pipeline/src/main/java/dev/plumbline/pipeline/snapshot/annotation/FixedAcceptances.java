package dev.plumbline.pipeline.snapshot.annotation;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** The acceptances of changes that fail a fixed limit and that the judge does not detect. */
public final class FixedAcceptances {
    private FixedAcceptances() {}

    /** The same judgement, in which those findings are accepted too. */
    public static Judgement in(Judgement judgement, Optional<FixedRule> rule, Annotations annotations) {
        if (rule.isEmpty() || annotations.areNone()) {
            return judgement;
        }
        List<Judgement.Judged> series = new ArrayList<>();
        List<Note> notes = new ArrayList<>(judgement.notes());
        for (Judgement.Judged one : judgement.series()) {
            Optional<ObservedChange> change = one.finding().isKnown() ? Optional.empty() : change(one, rule.get());
            Set<String> runs =
                    one.points().stream().map(point -> point.run().id()).collect(Collectors.toSet());
            Optional<Annotations.Covering> covering = change.flatMap(seen -> annotations.covering(seen, runs));
            Optional<Acceptance> acceptance = covering.map(Annotations.Covering::acceptance);
            covering.flatMap(Annotations.Covering::lenient)
                    .ifPresent(from ->
                            notes.add(new Note.AcceptedElsewhere(one.finding().key(), from)));
            series.add(acceptance
                    .map(stated -> new Judgement.Judged(
                            one.finding().with(stated.annotation()),
                            one.trial(),
                            acceptance,
                            one.followed(),
                            one.earlier(),
                            one.isBelow(),
                            one.branch()))
                    .orElse(one));
            acceptance.ifPresent(
                    stated -> notes.add(new Note.AcceptedChange(one.finding().key())));
        }
        return new Judgement(judgement.runs(), series, judgement.missing(), notes, judgement.off());
    }

    /** The change of a finding that fails the limit; empty where it passes, or nothing was judged. */
    public static Optional<ObservedChange> change(Judgement.Judged one, FixedRule rule) {
        Finding finding = one.finding();
        OptionalDouble beyond = one.points().isEmpty() ? OptionalDouble.empty() : rule.beyond(finding);
        return beyond.isEmpty()
                ? Optional.empty()
                : Optional.of(new ObservedChange(
                        finding.key(),
                        since(one),
                        beyond.getAsDouble(),
                        finding.baseline().map(Baseline::deviation).orElse(0.0)));
    }

    /** The commit with which a change began as far as it is known: that of the finding, else of the judged runs. */
    public static String since(Judgement.Judged one) {
        return one.finding().since().isEmpty() && !one.points().isEmpty()
                ? one.points().get(0).run().header().revision().commit()
                : one.finding().since();
    }
}
