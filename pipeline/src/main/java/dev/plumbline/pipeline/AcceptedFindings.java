package dev.plumbline.pipeline;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.Statement;
import dev.plumbline.core.annotation.Statements;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.PointKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Findings with what people said of them: what was accepted, acknowledged, muted, fixed or called a false alarm.
 *
 * @param findings all of them, in their order
 * @param others what is left to be judged bad: what was neither accepted nor a false alarm
 * @param ids of the findings that do not count for the gate
 * @param notes about them, for the reader
 */
record AcceptedFindings(List<Finding> findings, JudgeRuns.Judgement others, Set<String> ids, List<String> notes) {
    AcceptedFindings {
        findings = List.copyOf(findings);
        ids = Set.copyOf(ids);
        notes = List.copyOf(notes);
    }

    /** Sorts out what people said, and notes the points with which series take accepted levels. */
    static AcceptedFindings of(
            JudgeRuns.Judgement judgement, Acceptances acceptances, Triages triages, List<RunInfo> runs) {
        return sorted(
                judgement,
                acceptances,
                triages,
                runs,
                Optional.of(runs.get(0).header().revision().branch()));
    }

    /** Sorts out what people said, for somebody who only looks: nothing is noted. */
    static AcceptedFindings seen(
            JudgeRuns.Judgement judgement, Acceptances acceptances, Triages triages, List<RunInfo> runs) {
        return sorted(judgement, acceptances, triages, runs, Optional.empty());
    }

    /** @param noted the branch whose series take accepted levels; none when empty */
    private static AcceptedFindings sorted(
            JudgeRuns.Judgement judgement,
            Acceptances acceptances,
            Triages triages,
            List<RunInfo> runs,
            Optional<String> noted) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> open = new ArrayList<>();
        List<List<Point>> judged = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int accepted = 0;
        for (int i = 0; i < judgement.findings().size(); i++) {
            Finding finding = judgement.findings().get(i);
            List<Point> points = judgement.judged().get(i);
            Optional<Acceptance> acceptance = acceptances.covering(finding);
            Statements triaged = triages.of(finding, runs);
            Statements statements =
                    acceptance.map(Triage::accepted).map(triaged::and).orElse(triaged);
            Optional<Statement> said = statements.holding();
            Finding told = told(finding, statements);
            findings.add(told);
            said.ifPresent(statement -> ids.add(finding.id()));
            if (acceptance.isEmpty()) {
                if (said.map(Statement::state)
                        .filter(Statement.State.FALSE_ALARM::equals)
                        .isEmpty()) {
                    open.add(told);
                    judged.add(points);
                }
                continue;
            }
            accepted++;
            // on another branch the finding speaks of the base's series, which has no such point
            if (noted.filter(finding.key().branch()::equals).isPresent()) {
                acceptances.take(
                        acceptance.get(),
                        finding.key(),
                        points.stream()
                                .map(point -> new PointKey(
                                        point.run().id(),
                                        finding.key().benchmark(),
                                        finding.key().metric()))
                                .toList());
            }
        }
        List<String> notes = new ArrayList<>();
        note(accepted, "accepted", notes);
        note(ids.size() - accepted, "known", notes);
        return new AcceptedFindings(
                findings, new JudgeRuns.Judgement(open, judged, judgement.missing(), judgement.trials()), ids, notes);
    }

    private static Finding told(Finding finding, Statements statements) {
        Finding told = statements.holding().map(finding::with).orElse(finding);
        return statements
                .broken()
                .map(promise -> told.withWarning(promise.asBroken()))
                .orElse(told);
    }

    private static void note(int count, String what, List<String> notes) {
        if (count > 0) {
            notes.add((count == 1 ? "1 change is " : count + " changes are ") + what + " and "
                    + (count == 1 ? "does" : "do") + " not count for the gate");
        }
    }
}
