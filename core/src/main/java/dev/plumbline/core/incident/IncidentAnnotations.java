package dev.plumbline.core.incident;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The annotations of incidents and of their changes. */
public final class IncidentAnnotations {
    private final Annotations annotations;

    public IncidentAnnotations(Annotations annotations) {
        this.annotations = requireNonNull(annotations, "annotations");
    }

    /** The annotation of a change in the history: the last triage or acceptance. */
    public Annotated of(Shift shift) {
        return annotations.of(shift.past());
    }

    /** The acceptance of a change in the history. */
    public Optional<Annotation> acceptedOf(Shift shift) {
        return annotations.acceptedOf(shift.past());
    }

    /**
     * The newest statement that covers everything in an incident that got worse and still is. A statement about the
     * incident covers the series that it had then, so a series that joins later leaves the incident open.
     */
    public Annotated of(Incident incident) {
        Annotated byName = annotations.named(
                incident.id(),
                incident.shifts().stream()
                        .filter(shift -> shift.worse() == incident.worse())
                        .map(Shift::past)
                        .toList());
        List<Annotated> each = incident.shifts().stream()
                .filter(shift -> shift.worse() && shift.recovery().isEmpty())
                .map(shift -> of(shift, incident, byName))
                .toList();
        Comparator<Annotation> order = Comparator.comparing(Annotation::at).thenComparing(Annotation::id);
        List<Annotation> held = each.stream()
                .flatMap(one -> one.holding().stream())
                .sorted(order)
                .toList();
        Optional<Annotation.Fixed> broken = byName.broken()
                .or(() -> each.stream().flatMap(one -> one.broken().stream()).max(order));
        if (each.isEmpty()) {
            return new Annotated(
                    byName.holding().or(() -> acceptedOver(incident)).or(() -> fixedOver(incident)), broken);
        }
        if (held.size() < each.size()) {
            return new Annotated(Optional.empty(), broken);
        }
        // the whole is triaged no earlier than the oldest statement in force about a part
        Instant since = held.get(0).at();
        Annotation last = held.get(held.size() - 1);
        return new Annotated(
                byName.holding()
                        .filter(one -> held.contains(one) || one.at().isAfter(since))
                        .or(() -> Optional.of(last)),
                broken.filter(one -> one.at().isAfter(since)));
    }

    /** The newest acceptance, where all changes for the worse of an incident that is over were accepted. */
    private Optional<Annotation> acceptedOver(Incident incident) {
        List<Optional<Annotation>> each = incident.shifts().stream()
                .filter(Shift::worse)
                .map(this::acceptedOf)
                .toList();
        return newest(each);
    }

    /** The newest promise to fix, where all changes for the worse of an incident that is over were to be fixed. */
    private Optional<Annotation> fixedOver(Incident incident) {
        List<Optional<Annotation>> each = incident.shifts().stream()
                .filter(Shift::worse)
                .map(shift -> of(shift).holding().filter(one -> one.kind() == Annotation.Kind.FIXED))
                .toList();
        return newest(each);
    }

    /** The newest of all; empty where one is missing. */
    private static Optional<Annotation> newest(List<Optional<Annotation>> each) {
        return each.stream().allMatch(Optional::isPresent)
                ? each.stream().flatMap(Optional::stream).max(Comparator.comparing(Annotation::at))
                : Optional.empty();
    }

    /** The annotation of a change, or of the incident by its id if that had the change's series already. */
    private Annotated of(Shift shift, Incident incident, Annotated byName) {
        Annotated own = of(shift);
        boolean isMeant = annotations.latest().stream()
                .filter(triage -> triage.id().equals(incident.id()))
                .anyMatch(triage -> triage.subjects().stream()
                        .anyMatch(subject -> subject.series().equals(shift.key())));
        return isMeant ? own.holding().map(byName::and).orElse(byName) : own;
    }

    /** The annotations of single series of an incident. */
    public Map<SeriesKey, Annotation> ofSeries(Incident incident) {
        Map<SeriesKey, Annotation> stated = new HashMap<>();
        for (Shift shift : incident.shifts()) {
            if (shift.worse()) {
                of(shift).holding().ifPresent(one -> stated.put(shift.key(), one));
            }
        }
        return stated;
    }

    /**
     * The annotations of the changes for the worse of a series, by their places; may be empty.
     *
     * @param margin the smallest relative change that matters
     */
    public Map<Integer, Annotated> of(Series series, double margin) {
        if (annotations.areNone()) {
            return Map.of();
        }
        Map<Integer, Annotated> stated = new HashMap<>();
        Track.of(
                        SegmentedSeries.of(series, margin, annotations),
                        annotations.timeline(series.key().branch()))
                .shifts()
                .stream()
                .filter(Shift::worse)
                .forEach(shift -> stated.put(shift.change().index(), of(shift)));
        return stated;
    }
}
