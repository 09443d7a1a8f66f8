package dev.plumbline.pipeline;

import dev.plumbline.core.baseline.Acceptance;
import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Statement;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.PointKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Findings with a word about those that people accepted.
 *
 * @param findings all of them, in their order; the accepted ones with what was said of them
 * @param others what is left to be judged bad
 * @param ids of the accepted findings
 * @param notes about acceptances, for the reader
 */
record AcceptedFindings(List<Finding> findings, JudgeRuns.Judgement others, Set<String> ids, List<String> notes) {
    AcceptedFindings {
        findings = List.copyOf(findings);
        ids = Set.copyOf(ids);
        notes = List.copyOf(notes);
    }

    /** Sorts out what was accepted, and notes the points with which series take accepted levels. */
    static AcceptedFindings of(JudgeRuns.Judgement judgement, Acceptances acceptances, RunInfo run) {
        return sorted(
                judgement, acceptances, Optional.of(run.header().revision().branch()));
    }

    /** Sorts out what was accepted, for somebody who only looks: nothing is noted. */
    static AcceptedFindings seen(JudgeRuns.Judgement judgement, Acceptances acceptances) {
        return sorted(judgement, acceptances, Optional.empty());
    }

    /** @param noted the branch whose series take accepted levels; none when empty */
    private static AcceptedFindings sorted(
            JudgeRuns.Judgement judgement, Acceptances acceptances, Optional<String> noted) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> open = new ArrayList<>();
        List<List<Point>> judged = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < judgement.findings().size(); i++) {
            Finding finding = judgement.findings().get(i);
            List<Point> points = judgement.judged().get(i);
            Optional<Acceptance> acceptance = acceptances.covering(finding);
            if (acceptance.isEmpty()) {
                findings.add(finding);
                open.add(finding);
                judged.add(points);
                continue;
            }
            findings.add(finding.with(said(acceptance.get())));
            ids.add(finding.id());
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
        List<String> notes = ids.isEmpty()
                ? List.of()
                : List.of((ids.size() == 1 ? "1 change is" : ids.size() + " changes are") + " accepted and "
                        + (ids.size() == 1 ? "does" : "do") + " not count for the gate");
        return new AcceptedFindings(
                findings, new JudgeRuns.Judgement(open, judged, judgement.missing(), judgement.trials()), ids, notes);
    }

    private static Statement said(Acceptance acceptance) {
        return new Statement(
                Statement.State.ACCEPTED,
                acceptance.id(),
                acceptance.by(),
                acceptance.at(),
                acceptance.until(),
                "",
                acceptance.reason());
    }
}
