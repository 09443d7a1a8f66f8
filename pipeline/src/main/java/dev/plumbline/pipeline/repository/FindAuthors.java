package dev.plumbline.pipeline.repository;

import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.store.RunStore;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the authors of commits: from git, else from the results of the commit. */
public final class FindAuthors {
    private FindAuthors() {}

    /**
     * The authors of the commits with which changes began, or which lack something or cannot be compared; git is not
     * asked where there is none.
     *
     * @param missing what the runs lack
     * @param runs may have come with their commits' authors
     * @param store the history, which knows what else was measured
     * @param baseBranch the one to which others are merged
     */
    public static CommitAuthors of(
            Path directory,
            Collection<Finding> findings,
            Collection<Missing> missing,
            Collection<RunInfo> runs,
            RunStore store,
            String baseBranch) {
        List<Finding> reported =
                findings.stream().filter(FindAuthors::isReported).toList();
        FindOrigins origins = new FindOrigins(new Git(directory), store).besides(baseBranch);
        Set<String> branches =
                runs.stream().map(run -> run.header().revision().branch()).collect(Collectors.toSet());
        reported.forEach(finding -> origins.add(finding.since(), finding.key(), branches));
        missing.forEach(one -> origins.add(one.since(), one.key(), branches));
        // what began with no earlier commit began with that of the runs
        boolean isOfRuns = !missing.isEmpty()
                || reported.stream().anyMatch(finding -> finding.since().isEmpty());
        return of(
                        directory,
                        Stream.of(
                                        reported.stream()
                                                .flatMap(finding -> Stream.concat(
                                                        Stream.of(finding.since()),
                                                        earlier(finding).map(AlreadyOpen::commit))),
                                        missing.stream().map(Missing::since),
                                        runs.stream().filter(run -> isOfRuns).map(run -> run.header()
                                                .revision()
                                                .commit()))
                                .flatMap(commits -> commits),
                        runs)
                .with(origins.found());
    }

    /**
     * Whether something is known of the order of the judged commit and those before it, where a branch is held against
     * its own history.
     *
     * @param place where the program runs; asked only of runs whose commits have neither a position nor a time
     */
    public static boolean isOrdered(Collection<Finding> findings, Collection<RunInfo> runs, Supplier<Place> place) {
        boolean isGivenAlone = !runs.isEmpty()
                && runs.stream()
                        .map(run -> run.header().revision())
                        .allMatch(revision -> revision.isKnown()
                                && revision.position().isEmpty()
                                && revision.commitTime().isEmpty()
                                && findings.stream()
                                        .anyMatch(finding ->
                                                finding.key().branch().equals(revision.branch())));
        return !isGivenAlone || place.get().revision().isKnown();
    }

    /** The earlier open changes: its own change, and those below it. */
    private static Stream<AlreadyOpen> earlier(Finding finding) {
        return Stream.concat(
                finding.alreadyOpen().stream(),
                finding.warnings().stream()
                        .filter(Warning.OnOpenLevel.class::isInstance)
                        .map(warning -> ((Warning.OnOpenLevel) warning).open()));
    }

    /** The authors of these commits; empty texts among them are no commits. */
    public static CommitAuthors of(Path directory, Stream<String> commits, Collection<RunInfo> runs) {
        List<String> named =
                commits.filter(commit -> !commit.isEmpty()).distinct().toList();
        if (named.isEmpty()) {
            return CommitAuthors.UNKNOWN;
        }
        Map<String, String> authors = new HashMap<>();
        for (RunInfo run : runs) {
            String author = run.header().context().get(RunHeader.COMMIT + "author");
            if (author != null) {
                authors.put(run.header().revision().commit(), author);
            }
        }
        new Git(directory).titles(named).forEach((commit, title) -> authors.put(commit, title.author()));
        return new CommitAuthors(authors);
    }

    private static boolean isReported(Finding finding) {
        return switch (finding.verdict().kind()) {
            case REGRESSED, IMPROVED, NOT_COMPARABLE -> true;
            case INCONCLUSIVE -> finding.isSuspect();
            case UNCHANGED -> false;
        };
    }
}
