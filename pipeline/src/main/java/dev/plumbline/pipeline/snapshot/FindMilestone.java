package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.judge.Milestone;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Kind;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the point in a history since which losses are to be added up. */
final class FindMilestone {
    /** The newest tag before the judged commit. */
    static final String RELEASE = "release";

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern AGE = Pattern.compile("[0-9]+ *[wdh]");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final String BASELINE = "baseline ";

    private FindMilestone() {}

    /**
     * Finds the milestone.
     *
     * @param text {@code release}, a tag, branch or commit, a date, an age such as {@code 30 d}, or
     *     {@code baseline NAME}
     * @param run one of the judged ones
     * @return empty when neither git nor the history knows it
     * @throws IOException if the baselines that are named are not there
     */
    static Optional<Milestone> of(String text, RunInfo run, Workspace workspace, RunStore store) throws IOException {
        if (text.startsWith(BASELINE)) {
            BaselineVersion version = baselines(text, workspace, store);
            return Optional.of(new Milestone(
                    "baselines " + version.info().name() + ", version "
                            + version.info().number(),
                    any -> false,
                    Optional.of(version)));
        }
        if (DATE.matcher(text).matches()) {
            return Optional.of(before(text, day(text)));
        }
        if (AGE.matcher(text).matches()) {
            Instant then = run.time().minus(age(text));
            return Optional.of(before(text + " before it (" + date(then) + ")", then));
        }
        return revision(text, run, workspace, store);
    }

    /**
     * Looks whether there can be such a milestone; a tag, branch or commit is not looked up.
     *
     * @throws IOException if the baselines that are named are not there, or it is a day or an age that does not exist
     */
    static void check(String text, Workspace workspace, RunStore store) throws IOException {
        if (text.startsWith(BASELINE)) {
            baselines(text, workspace, store);
        } else if (DATE.matcher(text).matches()) {
            day(text);
        } else if (AGE.matcher(text).matches()) {
            age(text);
        }
    }

    private static BaselineVersion baselines(String text, Workspace workspace, RunStore store) throws IOException {
        return BaselineSource.find(
                        workspace, store, text.substring(BASELINE.length()).strip())
                .version();
    }

    private static Duration age(String text) throws WrongRequest {
        try {
            return Kind.duration().read(text);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }

    private static Instant day(String text) throws WrongRequest {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new WrongRequest("there is no such day as " + text, e);
        }
    }

    private static Milestone before(String words, Instant then) {
        return new Milestone(words, run -> run.time().isBefore(then), Optional.empty());
    }

    private static Optional<Milestone> revision(String text, RunInfo run, Workspace workspace, RunStore store) {
        Git git = new Git(workspace.directory());
        String judged = run.header().revision().commit();
        String clean = Revision.committed(judged);
        Optional<String> name = !text.equals(RELEASE)
                ? Optional.of(text)
                : COMMIT.matcher(clean).matches() ? git.newestTagBefore(clean) : Optional.empty();
        Optional<String> commit = name.flatMap(git::commitOf);
        if (commit.isPresent()) {
            Set<String> shared = git.ancestors(commit.get()).orElse(Set.of(commit.get()));
            String when = git.second(commit.get())
                    .map(second -> " (" + date(Instant.ofEpochSecond(second)) + ")")
                    .orElse("");
            return Optional.of(new Milestone(
                    name.get() + when,
                    one -> shared.contains(one.header().revision().commit()),
                    Optional.empty()));
        }
        List<RunInfo> known =
                name.isEmpty() ? List.of() : store.runs(RunQuery.all().ofCommit(name.get()));
        return known.stream()
                .map(RunInfo::time)
                .max(Instant::compareTo)
                .map(then -> new Milestone(
                        text + " (" + date(then) + ")", one -> !one.time().isAfter(then), Optional.empty()));
    }

    private static String date(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }
}
