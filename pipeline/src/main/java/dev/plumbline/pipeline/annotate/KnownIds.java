package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ids that checks, incidents and people have given to the changes of a series. An id of a series with any other
 * commit is a slip, and the change that a person means is not known.
 */
final class KnownIds {
    private static final int MOST_NAMED = 5;

    private final Workspace workspace;
    private final RunStore store;

    KnownIds(Workspace workspace, RunStore store) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.store = requireNonNull(store, "store");
    }

    /**
     * Refuses the id of a known series with a commit with which none of its changes began; anything else passes.
     *
     * @throws NothingFound with the ids that there are
     */
    void refuseOthers(String target) throws IOException {
        List<SeriesKey> all = store.keys(SeriesQuery.all());
        ChangeId id = ChangeId.of(target).orElse(null);
        if (id == null
                || id.commit().isEmpty()
                || target.endsWith(Missing.ID_END)
                || all.stream().anyMatch(key -> OpenChanges.isCalled(key, target))) {
            return;
        }
        List<SeriesKey> meant = all.stream().filter(id::isOf).toList();
        if (meant.isEmpty() || !meant.stream().allMatch(meant.get(0)::isSameOnAnyBranch)) {
            return;
        }
        List<SeriesKey> everywhere =
                all.stream().filter(meant.get(0)::isSameOnAnyBranch).toList();
        Set<String> known = new LinkedHashSet<>();
        if (isOfStretch(id, everywhere, known)
                || isSaid(id, everywhere)
                || isUnchecked(target, id, everywhere, known)
                || isOfIncident(id, everywhere, known)) {
            return;
        }
        SeriesKey key = meant.get(0);
        throw new NothingFound("no change of " + key.benchmark().label() + " " + key.metric() + " has the id " + target
                + (known.isEmpty()
                        ? "; this series has no change to name"
                        : (known.size() == 1 ? "; its change is " : "; its changes are ")
                                + String.join(
                                        ", ", known.stream().limit(MOST_NAMED).toList())
                                + (known.size() > MOST_NAMED ? " and " + (known.size() - MOST_NAMED) + " more" : "")));
    }

    /** Whether the id belongs to a stretch that checks judged bad; the newest of each series first. */
    private boolean isOfStretch(ChangeId id, List<SeriesKey> keys, Set<String> known) {
        OpenChanges changes = new OpenChanges(store, workspace.margins());
        for (SeriesKey key : keys) {
            List<OpenChange> all = changes.all(key);
            for (int i = all.size() - 1; i >= 0; i--) {
                if (all.get(i).mayBeginWith(id.commit().orElseThrow())) {
                    return true;
                }
                known.add(all.get(i).id());
            }
        }
        return false;
    }

    /** Whether the id belongs to an accepted or triaged change: the answer names that person. */
    private boolean isSaid(ChangeId id, List<SeriesKey> keys) throws IOException {
        Stream<String> accepted = RecordedAnnotations.acceptances(workspace, store).stream()
                .map(KnownAcceptance::acceptance)
                .filter(acceptance -> keys.stream().anyMatch(acceptance::speaksOf))
                .map(acceptance -> acceptance.since());
        Stream<String> triaged = RecordedAnnotations.of(workspace, store).latest().stream()
                .flatMap(triage -> triage.subjects().stream())
                .filter(subject -> keys.stream().anyMatch(subject.series()::isSameOnAnyBranch))
                .flatMap(subject -> Stream.of(subject.first(), subject.since(), subject.last()));
        return Stream.concat(accepted, triaged).anyMatch(id::isSince);
    }

    /**
     * Whether the id belongs to a finding of a branch's newest revision: of the one that was recorded last, or has this
     * commit.
     */
    private boolean isUnchecked(String target, ChangeId id, List<SeriesKey> keys, Set<String> known)
            throws IOException {
        UncheckedFindings unchecked = new UncheckedFindings(workspace, store);
        List<String> branches = new ArrayList<>();
        for (SeriesKey key : keys) {
            List<Point> points = store.series(key).orElseThrow().points();
            if (points.stream()
                    .anyMatch(
                            point -> id.isSince(point.run().header().revision().commit()))) {
                branches.add(key.branch());
            }
        }
        List<Finding> shown = new ArrayList<>(unchecked.last());
        for (String branch : branches) {
            shown.addAll(unchecked.lastOn(branch));
        }
        for (Finding finding : shown) {
            if (keys.stream().anyMatch(finding.key()::isSameOnAnyBranch)
                    && !finding.since().isEmpty()) {
                if (finding.isCalled(target)) {
                    return true;
                }
                known.add(finding.id());
            }
        }
        return false;
    }

    /** Whether the id belongs to an incident of the base branch's whole history. */
    private boolean isOfIncident(ChangeId id, List<SeriesKey> keys, Set<String> known) throws IOException {
        String base = workspace.baseBranch(store);
        if (keys.stream().noneMatch(key -> key.branch().equals(base))) {
            return false;
        }
        Configuration configuration = workspace.configuration();
        FindIncidents.Found found =
                new FindIncidents(workspace, configuration.thresholds(configuration.policy())).on(base, store);
        List<Shift> shifts = found.cases().stream()
                .flatMap(one -> one.incident().shifts().stream())
                .filter(shift -> keys.contains(shift.key()))
                .toList();
        for (Shift shift : shifts) {
            OpenChange change = OpenChange.of(shift);
            if (change.mayBeginWith(id.commit().orElseThrow())
                    || shift.track().called().stream()
                            .anyMatch(one ->
                                    id.isSince(one.since().header().revision().commit()))) {
                return true;
            }
            known.add(change.id());
        }
        return Stream.of(found.called(), found.better())
                        .flatMap(List::stream)
                        .filter(one -> keys.contains(one.key()))
                        .anyMatch(one -> id.isSince(
                                        one.since().header().revision().commit())
                                || id.isSince(one.begun().header().revision().commit()))
                || found.early().stream()
                        .filter(one -> keys.contains(one.key()))
                        .anyMatch(one ->
                                id.isSince(one.since().header().revision().commit()));
    }
}
