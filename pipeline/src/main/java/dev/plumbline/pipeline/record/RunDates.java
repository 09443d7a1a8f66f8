package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.pipeline.repository.FirstParents;
import dev.plumbline.report.note.OrderNotes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Gives runs without a commit the time in the name of their file and the commit of that time.
 *
 * <p>What was measured before the commit that is checked out was made is not of it: such runs have no commit, and their
 * times order them, unless a person asks for the commits that the branch had then. A clock that is behind the commit
 * shows nothing.
 */
final class RunDates {
    /** The number of files beyond which they are hardly one set of results. */
    private static final int SEVERAL = 5;

    /** Commits are amended and rebased after they were measured, and clocks differ. */
    private static final Duration DOUBT = Duration.ofDays(1);

    private static final Duration DOUBT_OF_SEVERAL = Duration.ofMinutes(10);

    private final Revision around;
    private final Optional<FirstParents> byTime;
    private final Duration doubt;
    private final boolean isClockBehind;
    private final Set<RunHeader> before = new HashSet<>();
    private final Set<RunHeader> beforeAll = new HashSet<>();

    /** The runs that are older than the named commit, in the order of reading. */
    private final Set<RunHeader> beforeNamed = new LinkedHashSet<>();

    private final Set<Path> timeless = new HashSet<>();

    /** The texts in names of files that are written like a date and are none. */
    private final Map<Path, String> impossible = new LinkedHashMap<>();

    /**
     * @param around the revision of files that name none
     * @param byTime the commits of a branch, where each run is to have the one of its time
     * @param files how many are read
     * @param now by this machine's clock; where that is before the commit was made, it is wrong, and so may be what it
     *     wrote into the files
     */
    RunDates(Revision around, Optional<FirstParents> byTime, int files, Instant now) {
        this.around = requireNonNull(around, "around");
        this.byTime = requireNonNull(byTime, "byTime");
        isClockBehind = around.commitTime().filter(now::isBefore).isPresent();
        this.doubt = files >= SEVERAL ? DOUBT_OF_SEVERAL : DOUBT;
    }

    /**
     * The header that a run has.
     *
     * @param read as in its file
     * @param applied the same with the options applied
     */
    RunHeader of(RunHeader read, RunHeader applied, Overrides overrides, Path file) {
        Optional<FileTime> name = applied.measuredAt().isPresent() ? Optional.empty() : FileTime.of(file);
        if (applied.measuredAt().isEmpty() && name.isEmpty()) {
            FileTime.impossible(file).ifPresent(date -> impossible.put(file, date));
        }
        RunHeader dated = name.map(one -> applied.withMeasuredAt(one.time())).orElse(applied);
        boolean isNamed =
                overrides.commit().isPresent() || !read.revision().commit().equals(around.commit());
        Duration span = name.map(FileTime::span).orElse(Duration.ZERO);
        if (isNamed) {
            if (overrides.commit().isPresent() && isBefore(dated, span, dated.revision())) {
                beforeNamed.add(dated);
            }
            return dated;
        }
        if (byTime.isPresent()) {
            return dated.withRevision(byTime(dated, file, byTime.get()));
        }
        if (overrides.time().isPresent() || isClockBehind || !isBefore(dated, span, around)) {
            return dated;
        }
        before.add(dated);
        return dated.withRevision(Revision.of("", dated.revision().branch()));
    }

    /** Whether a run was measured before a commit was made, beyond doubt. */
    private boolean isBefore(RunHeader run, Duration span, Revision revision) {
        return revision.commitTime().isPresent()
                && run.measuredAt().isPresent()
                && run.measuredAt()
                        .get()
                        .plus(span)
                        .plus(doubt)
                        .isBefore(revision.commitTime().get());
    }

    private Revision byTime(RunHeader dated, Path file, FirstParents commits) {
        String branch = dated.revision().branch();
        if (dated.measuredAt().isEmpty()) {
            timeless.add(file);
            return Revision.of("", branch);
        }
        Instant time = dated.measuredAt().get();
        Optional<FirstParents.Commit> commit = commits.at(time);
        if (commit.isEmpty()) {
            beforeAll.add(dated);
        }
        return commit.map(one -> new Revision(one.id(), branch, Optional.of(one.time()), one.position()))
                .orElseGet(() -> new Revision("", branch, Optional.empty(), OptionalLong.empty()));
    }

    /** One for each file whose name has a date that does not exist. */
    List<Problem> problems() {
        return impossible.entrySet().stream()
                .map(one -> new Problem(one.getKey().toString(), OrderNotes.impossible(one.getValue())))
                .toList();
    }

    /** The notes on dates. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!before.isEmpty()) {
            notes.add(OrderNotes.beforeCommit(before.size(), around));
        }
        beforeNamed.stream()
                .findFirst()
                .map(first -> OrderNotes.beforeNamed(
                        beforeNamed.size(), first.revision(), first.measuredAt().orElseThrow()))
                .ifPresent(notes::add);
        if (!beforeAll.isEmpty()) {
            FirstParents commits = byTime.orElseThrow();
            notes.add(OrderNotes.beforeAll(beforeAll.size(), commits.branch(), commits.isCutOff()));
        }
        if (!timeless.isEmpty()) {
            notes.add(OrderNotes.timeless(timeless.size()));
        }
        return notes;
    }
}
