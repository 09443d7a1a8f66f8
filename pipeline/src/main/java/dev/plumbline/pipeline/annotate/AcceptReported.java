package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.check.ReadReport;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Accepts a change from a report, without access to the history. */
public final class AcceptReported {
    private final Workspace workspace;
    private final Author author;

    public AcceptReported(Workspace workspace, Author author) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.author = requireNonNull(author, "author");
    }

    /**
     * Accepts a finding of a report, or what is missing in it.
     *
     * @param file the report of a check in JSON, made anywhere
     * @param id the beginning of its id
     * @param until when it ends; empty when it does not
     * @throws NothingFound if the report has no such thing, or several
     * @throws WrongRequest if it ends before it begins
     */
    public FileAcceptance accept(Path file, String id, Acceptance.Scope scope, Optional<Instant> until)
            throws IOException {
        NothingFound.ifBlank(id, "regression and no missing benchmark", "the report shows their ids");
        Report report = new ReadReport(workspace).read(file);
        List<Missing> missing =
                report.missing().stream().filter(one -> isCalled(one, id)).toList();
        Set<String> closing = report.gate().deciding().stream()
                .filter(reason ->
                        reason.kind() == GateReason.Kind.REGRESSION || reason.kind() == GateReason.Kind.TOO_GOOD)
                .map(GateReason::id)
                .collect(Collectors.toSet());
        List<Finding> worse = report.findings().stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Regressed
                        || finding.isSuspect()
                        || closing.contains(finding.id()))
                .filter(finding -> finding.verdict().effect().isPresent())
                .toList();
        List<Finding> named =
                worse.stream().filter(finding -> finding.isCalled(id)).toList();
        if (named.isEmpty() && missing.size() == 1) {
            Acceptance acceptance =
                    FileAcceptance.ofMissing(missing.get(0), scope, commit(report), author, workspace, until);
            return new FileAcceptance(
                    List.of(acceptance), AcceptanceFiles.write(workspace, acceptance), List.of(), Optional.empty());
        }
        if (named.size() != 1) {
            String ids = Stream.concat(
                            (named.isEmpty() ? worse : named).stream().map(Finding::id),
                            named.isEmpty() ? report.missing().stream().map(Missing::id) : Stream.empty())
                    .collect(Collectors.joining(", "));
            throw new NothingFound(file + ": "
                    + (named.isEmpty()
                            ? "no regression or missing benchmark has the id " + id
                            : "several regressions have the id " + id)
                    + (ids.isEmpty() ? "; the report has none" : "; there are " + ids));
        }
        Finding finding = named.get(0);
        boolean isImprovement = finding.verdict() instanceof Verdict.Improved;
        if (isImprovement) {
            FileAcceptance.checkImprovement(scope);
        }
        List<Finding> others = worse.stream()
                .filter(other -> other.key().benchmark().equals(finding.key().benchmark())
                        && other.since().equals(finding.since())
                        && other.statement().isEmpty())
                .toList();
        List<Acceptance> written = new ArrayList<>();
        for (Finding one : scope == Acceptance.Scope.BENCHMARK ? byMetric(finding, others) : List.of(finding)) {
            written.add(accepted(one, scope, commit(report), until));
        }
        List<Acceptance> before = AcceptanceFiles.read(workspace).stream()
                .map(AcceptanceFiles.FromFile::acceptance)
                .toList();
        String path = "";
        for (Acceptance acceptance : written) {
            path = AcceptanceFiles.write(workspace, acceptance);
        }
        return new FileAcceptance(
                written,
                path,
                others.stream()
                        .filter(other -> written.stream().noneMatch(acceptance -> acceptance.speaksOf(other.key())))
                        .filter(other -> before.stream().noneMatch(acceptance -> isOf(acceptance, other)))
                        .map(Finding::id)
                        .toList(),
                Optional.empty());
    }

    /** The named finding, and of every other metric the largest change: it is accepted in every environment. */
    private static List<Finding> byMetric(Finding named, List<Finding> others) {
        Map<String, Finding> largest = new LinkedHashMap<>();
        largest.put(named.key().metric(), named);
        for (Finding other : others) {
            largest.merge(other.key().metric(), other, (one, two) -> size(two) > size(one) ? two : one);
        }
        return List.copyOf(largest.values());
    }

    private static double size(Finding finding) {
        return Math.abs(finding.verdict().effect().orElseThrow().relativeChange());
    }

    /** Of one metric: what one lost excuses no larger loss of another. */
    private Acceptance accepted(Finding finding, Acceptance.Scope scope, String commit, Optional<Instant> until)
            throws WrongRequest {
        return FileAcceptance.of(
                workspace,
                author,
                finding.key().benchmark(),
                Optional.of(finding.key().metric()),
                scope == Acceptance.Scope.ENV ? Optional.of(finding.key().environment()) : Optional.empty(),
                finding.verdict() instanceof Verdict.Regressed
                                || finding.isSuspect()
                                || finding.verdict() instanceof Verdict.Improved
                        ? finding.since()
                        : commit,
                finding.verdict().effect().orElseThrow().relativeChange(),
                until);
    }

    /** Whether an acceptance is of this finding: of its series, and of the change that began there. */
    private static boolean isOf(Acceptance acceptance, Finding finding) {
        return !acceptance.isOfMissing() && acceptance.speaksOf(finding.key()) && acceptance.isSince(finding.since());
    }

    private static boolean isCalled(Missing one, String id) {
        return !id.isEmpty()
                && (one.id().startsWith(id)
                        || one.key().id().startsWith(id)
                        || (one.key().id() + "-missing").equals(id));
    }

    /** The commit of the judged runs; empty text where it is unknown. */
    private static String commit(Report report) {
        return report.candidates().stream()
                .findFirst()
                .map(run -> run.header().revision().commit())
                .orElse("");
    }
}
