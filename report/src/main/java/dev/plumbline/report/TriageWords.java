package dev.plumbline.report;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.AlreadyOpen;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.evidence.EvidenceWords;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.ShellText;
import dev.plumbline.report.terminal.TerminalText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The annotations of a change, and the open regressions of the base branch before it, in words. What came from outside
 * is in them as it came: escape the result.
 */
public final class TriageWords {
    /** The word in place of "fixed" until a run shows that it is. */
    public static final String FIX_PROMISED = "fix promised";

    static final String ALREADY_OPEN = "already open";

    private TriageWords() {}

    /** The branch and commit where an earlier change of the base branch is open. */
    static String openElsewhere(AlreadyOpen open) {
        if (open.fixed().isPresent()) {
            return "fixed on " + open.branch() + (open.isSure() ? " since this branch started" : "");
        }
        return open.isSure()
                ? ALREADY_OPEN + " on " + open.branch()
                : "open on " + open.branch() + " too (cause unknown in a shallow clone: use fetch-depth: 0)";
    }

    /** The same, each metric with its change where it is listed by its commit and has no row of its own. */
    public static String known(List<Finding> ofBenchmark, Report report) {
        return Words.metrics(ofBenchmark.stream()
                .map(finding -> Words.metric(finding.key(), report)
                        + (isElsewhere(finding)
                                ? openChange(finding).stream()
                                        .mapToObj(change -> " " + Quantity.change(change))
                                        .collect(Collectors.joining())
                                : ""))
                .distinct()
                .toList());
    }

    /** The size of what is already open, as its own branch has it; as these runs have it where that is unknown. */
    public static OptionalDouble openChange(Finding finding) {
        OptionalDouble onBase = finding.alreadyOpen().map(AlreadyOpen::change).orElse(OptionalDouble.empty());
        return onBase.isPresent()
                ? onBase
                : finding.verdict().effect().stream()
                        .mapToDouble(Effect::relativeChange)
                        .findFirst();
    }

    /** Whether it is no more than what the base branch had before: listed by its commit, not one by one. */
    public static boolean isElsewhere(Finding finding) {
        return Report.Group.of(finding) == Report.Group.KNOWN
                && finding.statement().isEmpty();
    }

    /** The state of a known change for the worse, in a word or two. */
    public static String known(Finding finding) {
        return finding.statement()
                .map(stated -> state(stated.kind()))
                .or(() -> finding.alreadyOpen()
                        .filter(open -> open.fixed().isPresent())
                        .map(open -> "fixed on " + open.branch()))
                .orElse(ALREADY_OPEN);
    }

    /** {@code 3f2a1c9d00 by Jane Doe (this branch)}: the commit with which a change began, one that is not empty. */
    public static String since(Finding finding, CommitAuthors authors) {
        return authors.began(finding.since()) + ofBranch(finding);
    }

    /** The same for a table: without the commit that was measured where that brought the one that is named. */
    public static String sinceShort(Finding finding, CommitAuthors authors) {
        return authors.beganShort(finding.since()) + ofBranch(finding);
    }

    private static String ofBranch(Finding finding) {
        return EvidenceWords.isEarlierOnBranch(finding) ? " (this branch)" : "";
    }

    /** {@code already open on main since 3f2a1c9d00 (i1f2e3d4c)}; "open on main too" where the order is not known. */
    public static String alreadyOpen(AlreadyOpen open) {
        return alreadyOpen(open, CommitAuthors.UNKNOWN);
    }

    /** The same with the commit's author where it is known. */
    public static String alreadyOpen(AlreadyOpen open, CommitAuthors authors) {
        return alreadyOpenSince(open, authors)
                + open.incident().map(incident -> " (" + incident + ")").orElse("");
    }

    /**
     * The same without its incident; {@code open on main when this branch started (since 3f2a1c9d00), fixed on main
     * since with 5c0ffee123} where it is not open any more.
     */
    public static String alreadyOpenSince(AlreadyOpen open, CommitAuthors authors) {
        if (open.fixed().isPresent()) {
            return openBefore(open)
                    + (open.commit().isEmpty() ? "" : " (since " + commit(open, authors) + ")")
                    + fixedSince(open)
                    + (open.fixed().get().isEmpty()
                            ? ""
                            : " with " + TerminalText.start(open.fixed().get(), 10));
        }
        return (open.isSure() ? ALREADY_OPEN + " on " + open.branch() : "open on " + open.branch() + " too")
                + (open.commit().isEmpty() ? "" : (open.isSure() ? "" : ",") + " since " + commit(open, authors));
    }

    private static String commit(AlreadyOpen open, CommitAuthors authors) {
        return TerminalText.start(open.commit(), 10) + authors.by(open.commit());
    }

    private static String openBefore(AlreadyOpen open) {
        return "open on " + open.branch() + (open.isSure() ? " when this branch started" : " before");
    }

    private static String fixedSince(AlreadyOpen open) {
        return ", fixed on " + open.branch() + " since";
    }

    /**
     * {@code open on main when this branch started, fixed on main since: merge main (Crc.update +8.0 %, since
     * 3f2a1c9d00)}.
     *
     * @param open one that is fixed
     * @param changes the benchmarks, each with its change
     */
    public static String fixedOnBase(AlreadyOpen open, String changes, CommitAuthors authors) {
        return openBefore(open) + fixedSince(open) + merge(open) + " (" + changes
                + (open.commit().isEmpty() ? "" : ", since " + commit(open, authors)) + ")";
    }

    private static String merge(AlreadyOpen open) {
        return ": merge " + open.branch();
    }

    /**
     * The open regressions below a regression, the oldest first; without those that a stored report has only in words.
     */
    public static List<Warning.OnOpenLevel> below(Finding finding) {
        return finding.warnings().stream()
                .filter(Warning.OnOpenLevel.class::isInstance)
                .map(Warning.OnOpenLevel.class::cast)
                .toList();
    }

    /** The same with what to do. */
    private static String alreadyOpen(Finding finding, CommitAuthors authors) {
        AlreadyOpen open = finding.alreadyOpen().orElseThrow();
        if (open.fixed().isPresent()) {
            return alreadyOpen(open, authors) + merge(open);
        }
        return alreadyOpen(open, authors)
                + (open.isSure()
                        ? ", not caused by this branch: "
                        : "; a shallow clone hides whether this branch has that commit (use fetch-depth: 0): ")
                + open.incident()
                        .map(incident -> "plumb incidents " + incident)
                        .orElse("plumb explain " + finding.id());
    }

    /** {@code accepted}, {@code false alarm}, {@code fix promised}: that a commit fixes it is not yet shown … */
    public static String state(Annotation.Kind state) {
        return state == Annotation.Kind.FIXED ? FIX_PROMISED : Words.lower(state);
    }

    /** {@code accepted by ann on 2026-01-31 until 2026-03-01 (a79970412): stricter checks}. */
    public static String stated(Annotation statement) {
        return state(statement.kind())
                + (statement instanceof Annotation.Fixed fixed
                        ? " with " + TerminalText.start(fixed.revision(), 10)
                        : "")
                + " by " + statement.by() + " on "
                + day(statement.at())
                + statement.until().map(until -> " until " + day(until)).orElse("") + " ("
                + statement.id() + ")" + (statement.reason().isBlank() ? "" : ": " + statement.reason());
    }

    /** {@code should have been fixed by 575cc706f1 (by Ann, 2026-01-31) but persists}; names as they came. */
    public static String broken(Annotation.Fixed promise) {
        return "should have been fixed by " + TerminalText.start(promise.revision(), 10) + " (by " + promise.by() + ", "
                + day(promise.at()) + ") but persists";
    }

    /** The annotation that applies, and a promised fix that no longer does. */
    public static String stated(Annotated statements) {
        return Stream.concat(
                        statements.holding().map(TriageWords::stated).stream(),
                        statements.broken().map(TriageWords::broken).stream())
                .collect(Collectors.joining("; "));
    }

    /** {@code Sort.quick time +20.2 % with commit 5f6a7b8c on main, acknowledged by Ann on 2026-01-31 (9bb8…): why}. */
    public static String called(CalledRegression one) {
        return called(one, CommitAuthors.UNKNOWN);
    }

    /** The same with the commit's author where it is known: {@code with commit 5f6a7b8c on main by Jane Doe}. */
    public static String called(CalledRegression one, CommitAuthors authors) {
        return Words.inSentence(one.key()) + " " + Quantity.change(one.relativeChange())
                + " with "
                + began(one.since(), authors)
                + more(one);
    }

    /** The same for a table that has the series and the change: {@code 5f6a7b8c by Jane Doe}. */
    public static String sinceShort(CalledRegression one, CommitAuthors authors) {
        String commit = one.since().header().revision().commit();
        return (commit.isEmpty() ? RunWords.revision(one.since()) : authors.beganShort(commit)) + more(one);
    }

    /** The change it is on top of, and its triage, each behind a comma; may be empty. */
    private static String more(CalledRegression one) {
        return (one.isFurther() ? ", on top of the change at " + RunWords.commit(one.begun()) : "")
                + (one.statements().equals(Annotated.NONE) ? "" : ", " + stated(one.statements()));
    }

    /** {@code commit 5f6a7b8c on main by Jane Doe}; where it brought others, the likeliest of them. */
    public static String began(RunInfo run, CommitAuthors authors) {
        String commit = run.header().revision().commit();
        return authors.isEarlier(commit)
                ? "commit " + authors.began(commit) + " on "
                        + run.header().revision().branch()
                : RunWords.revision(run) + authors.by(commit);
    }

    /** {@code possible regression, not certain: the first 3 runs were at 100 ms, the 6 since at 125 ms: +25.0 % …}. */
    public static String early(EarlyLoss loss) {
        Quantity.Pair levels = Quantity.pair(loss.first(), loss.later(), loss.unit(), Double.NaN);
        return "possible regression, not certain: the first " + loss.before() + " runs were at " + levels.alone()
                + ", the "
                + loss.after() + " since at " + levels.after() + ": " + Quantity.change(loss.relativeChange())
                + " with "
                + RunWords.revision(loss.since()) + "; " + loss.before()
                + " runs are few: run the commit before it again, or accept the newer level: plumb accept "
                + ShellText.quoted(loss.key().benchmark().label()) + " --reason WHY";
    }

    private static String day(Instant time) {
        return RunWords.time(time).substring(0, 10);
    }

    /**
     * The known changes: triages of one kind in one entry, and in one the open regressions of the base branch since the
     * same commit.
     */
    public static Map<String, List<Finding>> known(Report report) {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : report.in(Report.Group.KNOWN)) {
            String key = finding.statement()
                    .map(TriageWords::stated)
                    .orElseGet(() -> alreadyOpen(finding.alreadyOpen().orElseThrow()));
            groups.computeIfAbsent(key, text -> new ArrayList<>()).add(finding);
        }
        Map<String, List<Finding>> reported = new LinkedHashMap<>();
        groups.forEach((key, findings) -> reported.put(
                findings.get(0).statement().isPresent() ? key : alreadyOpen(findings.get(0), report.authors()),
                findings));
        return reported;
    }
}
