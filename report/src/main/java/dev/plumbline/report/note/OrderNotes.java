package dev.plumbline.report.note;

import dev.plumbline.core.model.Revision;
import dev.plumbline.report.Words;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Notes about the position of runs among others, and about parts that git does not know. */
public final class OrderNotes {
    /** The advice for a repository that lacks its history. */
    public static final String SHALLOW = "This repository is a shallow clone, which hides the order of its commits; use"
            + " fetch-depth: 0 in actions/checkout, or git fetch --unshallow";

    private OrderNotes() {}

    /** Whether a note reports that the repository is a shallow clone. */
    public static boolean tellsShallow(String note) {
        return note.endsWith(SHALLOW);
    }

    /** @param before how many recorded runs a commit sorts before, though git knows them as its ancestors */
    public static String newestByGit(Revision revision, int before) {
        return commit(revision) + " sorts before " + recorded(before)
                + " among its git ancestors; it is judged as the newest";
    }

    /** @param before how many recorded runs of commits that were taken away from its branch a commit sorts before */
    public static String newestAsRewritten(Revision revision, int before) {
        return commit(revision) + " sorts before " + recorded(before) + " of commits that are no longer on the branch;"
                + " it is judged as the newest";
    }

    /** @param runs of commits that were taken away from the judged branch */
    public static String leftOut(int runs) {
        return recorded(runs) + " of commits that are no longer on the branch " + (runs == 1 ? "is" : "are")
                + " left out";
    }

    /** @param runs of such commits that a series is judged by, because it has too few others */
    public static String keptForReference(int runs) {
        return recorded(runs) + " of commits that are no longer on the branch " + (runs == 1 ? "is" : "are")
                + " part of the reference, because the branch has too few others";
    }

    /** @param runs of commits that git does not have and that are not known to be off the judged branch */
    public static String perhapsDropped(int runs) {
        return recorded(runs) + (runs == 1 ? " is of a commit" : " are of commits") + " that git does not have: later"
                + " ones, or no longer on the branch after a force-push, as its next commits will show; to remove"
                + " dropped ones: plumb prune --run COMMIT";
    }

    /** @param before how many recorded runs a commit sorts before, with nothing else known of their order */
    public static String newestAsRecorded(Revision revision, int before, boolean isShallow) {
        return commit(revision) + " sorts before " + recorded(before)
                + ", with no sign that it is older; as it was recorded last, it is judged against them as the newest"
                + " run" + shallow(isShallow);
    }

    /** @param isSure whether git confirms that the later runs are of later commits */
    public static String inside(Revision revision, int later, int earlier, boolean isSure, boolean isShallow) {
        return recorded(later) + (later == 1 ? " comes" : " come") + " after " + commit(revision)
                + ", which is judged against the " + earlier + " before it"
                + (isSure ? "" : "; git cannot order them" + shallow(isShallow));
    }

    /** @param isMissing whether benchmarks are missing, which a shallow clone excuses */
    public static String unknownFork(String branch, String base, boolean isMissing) {
        return "git cannot find where " + branch + " left " + base + "; using the times of its runs"
                + (isMissing ? ", so missing benchmarks hold the gate instead of failing it" : "") + shallow(true);
    }

    /** A note that a branch has to have all that its base measured, since its fork is unknown. */
    public static String expectedOfBranch(String branch, String base) {
        return "git does not know where " + branch + " left " + base + ", so what " + base
                + " measured before this branch's first run is expected of it";
    }

    /** @param lacking of the newest commits of the history */
    public static String lackingCommits(long lacking, int newest) {
        return "git does not have " + (lacking == newest ? "" : lacking + " of ") + "the newest "
                + (newest == 1 ? "commit" : newest + " commits")
                + " of the history, so " + (newest == 1 ? "the" : "their")
                + " order is the one in which they were recorded" + shallow(true);
    }

    /**
     * A note that results are of commits that the repository does not have.
     *
     * @param first the beginning of the newest one's id
     * @param others how many more
     * @param nearest of {@link #nearest}; may be empty
     */
    public static String unknownCommits(String first, int others, String nearest, boolean isShallow) {
        return "the repository has no commit " + first + ", which the results refer to"
                + (others == 0 ? "" : ", nor " + Words.count(others, "other", "others") + " that they refer to")
                + nearest
                + shallow(isShallow);
    }

    /** The words behind a commit that is missing: the one nearest to its time. */
    public static String nearest(String commit, Instant time) {
        return "; the nearest by time is " + commit + " of " + day(time);
    }

    /** The words behind a commit that is missing, where no time is known: the one that is checked out. */
    public static String head(String commit, Instant time) {
        return "; the head is " + commit + " of " + day(time);
    }

    /** @param runs that were measured before the commit that is checked out was created */
    public static String beforeCommit(int runs, Revision around) {
        boolean one = runs == 1;
        return Words.count(runs, "run was", "runs were") + " measured before commit " + around.shortCommit()
                + " was created, so " + (one ? "it is" : "they are")
                + " recorded without a commit, ordered by time. To give " + (one ? "it" : "each")
                + " the branch's commit at that time, record into a new history: plumb record --commits-by-time"
                + " --store FILE. If the clock was wrong, give the commit: --commit " + around.shortCommit();
    }

    /** The same of a commit that was given. */
    public static String beforeNamed(int runs, Revision named, Instant measured) {
        return Words.count(runs, "run was", "runs were") + " measured before commit " + named.shortCommit()
                + " was made (" + day(measured)
                + named.commitTime()
                        .map(time -> ", the commit is of " + day(time))
                        .orElse("") + "): "
                + (runs == 1 ? "is this an old result file?" : "are these old result files?");
    }

    public static String beforeAll(int runs, String branch, boolean isShallow) {
        return Words.count(runs, "run is", "runs are") + " older than every commit of " + branch + " and "
                + (runs == 1 ? "is" : "are") + " recorded without a commit" + shallow(isShallow);
    }

    public static String timeless(int files) {
        return Words.count(files, "file has", "files have") + " no time, neither in the content nor in "
                + (files == 1 ? "its name" : "their names") + ", and " + (files == 1 ? "is" : "are")
                + " recorded without a commit; set it with --commit";
    }

    /** @param date as it is written in the name of a file */
    public static String impossible(String date) {
        return date + " in the file's name is no time that exists; the run is taken without it";
    }

    private static String commit(Revision revision) {
        return revision.isKnown() ? "commit " + revision.shortCommit() : "this run";
    }

    private static String recorded(int runs) {
        return Words.count(runs, "recorded run", "recorded runs");
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static String shallow(boolean isShallow) {
        return isShallow ? ". " + SHALLOW : "";
    }
}
