package dev.plumbline.pipeline.annotate;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.incident.Case;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.RunWords;
import dev.plumbline.report.TriageWords;
import dev.plumbline.report.Words;
import dev.plumbline.report.answer.IncidentWords;
import dev.plumbline.store.RenamedIds;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The changes that an id or a name selects for a triage. */
final class TriageTargets {
    private final Workspace workspace;
    private final Policies policies;
    private final RunStore store;

    TriageTargets(Workspace workspace, Policies policies, RunStore store) {
        this.workspace = workspace;
        this.policies = policies;
        this.store = store;
    }

    /** A selected change. */
    record SelectedChange(String id, List<Triage.Subject> subjects) {}

    /** The changes of this name; a triage of a change that is gone can still be reopened. */
    List<SelectedChange> select(String typed, boolean isSaid) throws IOException {
        String target = RenamedIds.current(typed, store);
        if (isSaid) {
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            List<Triage> known = NamedTriages.named(annotations.latest(), target, annotations);
            if (known.isEmpty()) {
                known = ofBenchmark(target, annotations);
            }
            if (known.size() == 1) {
                return List.of(
                        new SelectedChange(known.get(0).id(), known.get(0).subjects()));
            }
            throw new NothingFound(
                    known.isEmpty()
                            ? target + " is not the id of a triaged change, nor a benchmark with one; plumb triage list"
                                    + " shows them"
                            : target + " names " + known.size() + " triaged changes; give the id of one: "
                                    + known.stream().map(TriageTargets::choice).collect(Collectors.joining(", ")));
        }
        if (FindIncidents.isBeginning(target)) {
            FindIncidents.Found found = new FindIncidents(workspace, policies).on(workspace.baseBranch(store), store);
            return List.of(select(found, found.named(target).incident()));
        }
        new KnownIds(workspace, store).refuseOthers(target);
        List<SelectedChange> selected = new ArrayList<>();
        for (OpenChange one : new OpenChanges(store, workspace.margins()).called(target)) {
            selected.add(select(one.id(), one.series().key(), one.since(), ChangeSize.of(workspace, store, one)));
        }
        if (selected.isEmpty() && ChangeId.of(target).isPresent()) {
            for (UncheckedFindings.Change one :
                    new UncheckedFindings(workspace, store).called(target).changes()) {
                if (one.finding().isCalled(target)) {
                    selected.add(select(one.finding().id(), one.key(), one.since(), one.size()));
                }
            }
        }
        if (selected.isEmpty()) {
            List<SelectedChange> around = incidentWith(target);
            if (!around.isEmpty()) {
                return around;
            }
            refuseAccepted(target);
            throw new NothingFound(target + " is not the id of an incident (plumb incidents) or of a regression,"
                    + " nor a benchmark with a regression; a possible regression can be triaged once another run of"
                    + " its commit confirms it"
                    + BenchmarkSelector.hint(target, store, "plumb incidents"));
        }
        return selected;
    }

    /** The triages of the changes of a benchmark that is named by its name or a part of that. */
    private List<Triage> ofBenchmark(String target, Annotations annotations) throws IOException {
        Predicate<SeriesKey> isMeant = new OpenChanges(store, workspace.margins()).meaning(target);
        return NamedTriages.ofBenchmarks(annotations.latest(), isMeant).stream()
                .filter(triage -> triage.decision() != Triage.Decision.REOPENED)
                .toList();
    }

    /** An accepted change is the level of its series: revoke the acceptance before you triage it. */
    private void refuseAccepted(String target) throws IOException {
        Optional<ChangeId> id = ChangeId.of(target);
        Predicate<SeriesKey> isMeant = new OpenChanges(store, workspace.margins()).meaning(target);
        List<SeriesKey> keys = store.keys(SeriesQuery.all());
        Optional<Acceptance> accepted = RecordedAnnotations.acceptances(workspace, store).stream()
                .filter(one -> one.stateAt(workspace.clock().instant()) == KnownAcceptance.State.HOLDS)
                .map(KnownAcceptance::acceptance)
                .filter(one -> keys.stream()
                        .filter(one::speaksOf)
                        .anyMatch(key -> isMeant.test(key)
                                || id.filter(named -> named.isOf(key)
                                                && (named.commit().isEmpty() || named.isSince(one.since())))
                                        .isPresent()))
                .reduce((earlier, later) -> later);
        if (accepted.isPresent()) {
            Acceptance one = accepted.get();
            throw new NothingFound(target + " was accepted by " + one.by() + " (" + one.id()
                    + "); take that back first: plumb accept --revoke " + one.id());
        }
    }

    /** A finding that has a triage keeps the id of that. */
    private SelectedChange select(String id, SeriesKey key, String since, double change) throws IOException {
        return new SelectedChange(
                RecordedAnnotations.of(workspace, store).latest().stream()
                        .filter(triage -> !FindIncidents.isId(triage.id())
                                && triage.subjects().stream()
                                        .anyMatch(subject -> subject.series().equals(key)
                                                && subject.since().equals(since)))
                        .map(Triage::id)
                        .reduce((earlier, later) -> later)
                        .orElse(id),
                List.of(new Triage.Subject(key, since, since, since, change)));
    }

    /**
     * The incident that made a series worse which is named by its id, its benchmark's name or a part of that: the one
     * that is open, else the one that is triaged; empty where there is none.
     *
     * @throws NothingFound where there are several, with what distinguishes them
     */
    private List<SelectedChange> incidentWith(String target) throws IOException {
        Predicate<SeriesKey> isMeant = new OpenChanges(store, workspace.margins()).meaning(target);
        FindIncidents.Found found = new FindIncidents(workspace, policies).on(workspace.baseBranch(store), store);
        List<Case> losses = found.cases().stream()
                .filter(one -> one.isLoss()
                        && one.incident().shifts().stream()
                                .map(Shift::key)
                                .anyMatch(key -> key.id().equals(target)
                                        || key.findingId().equals(target)
                                        || isMeant.test(key)))
                .toList();
        List<Case> open = losses.stream().filter(Case::isOpen).toList();
        List<Case> choice = open.isEmpty() ? losses : open;
        if (choice.size() > 1) {
            throw new NothingFound(target + " is in " + choice.size() + (open.isEmpty() ? "" : " open")
                    + " incidents; give the id of one: "
                    + choice.stream().map(TriageTargets::choice).collect(Collectors.joining("; ")));
        }
        return choice.stream().map(one -> select(found, one.incident())).toList();
    }

    /** {@code icf135903 (acknowledged by Ann on 2026-11-15)}. */
    private static String choice(Triage one) {
        return one.id() + " ("
                + (one.decision() == Triage.Decision.FIXED ? TriageWords.FIX_PROMISED : Words.lower(one.decision()))
                + " by " + one.by() + " on " + RunWords.time(one.at()).substring(0, 10) + ")";
    }

    /** {@code icf135903 (since 2026-11-15, CsvLine.split time +47.1 %)}. */
    private static String choice(Case one) {
        return one.incident().id() + " (since "
                + RunWords.time(one.incident().time()).substring(0, 10) + ", " + IncidentWords.subject(one) + " "
                + IncidentWords.size(one) + (one.isOpen() ? "" : ", " + IncidentWords.state(one)) + ")";
    }

    /** An incident that is triaged keeps its id. */
    private SelectedChange select(FindIncidents.Found found, Incident incident) {
        store.triage()
                .remember(List.of(
                        incident.known(found.timeline(), workspace.clock().instant())));
        return new SelectedChange(incident.id(), found.subjects(incident));
    }
}
