package dev.plumbline.pipeline.check.confirm;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Looks;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.report.note.ConfirmNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Settles suspects immediately: they are measured again, in a few runs at most, and judged with all their runs after
 * each.
 *
 * <p>To look several times is to have several chances to be wrong. So each look, the first one too, is judged with its
 * own share of the suite's error rate ({@link Looks}). What the whole rate suspects is a suspect. What only the whole
 * rate would call is not settled yet: it is measured again with the suspects. A regression that a look called stays one
 * for as long as all its runs together show it at the whole rate; it has crossed its bound, and the smaller shares of
 * later looks do not take that back. Benchmarks that were not measured again keep their first finding.
 *
 * <p>If nothing could be measured again, there was no second look, and the first judgement stays unchanged.
 */
public final class ConfirmSuspects {

    private final Settings settings;
    private final Remeasurement remeasurement;
    private final Progress progress;
    private final LongSupplier nanoClock;

    /**
     * The limits of measuring again.
     *
     * @param runs at most
     * @param limit for all of them together
     */
    public record Settings(int runs, Duration limit) {
        public Settings {
            requireNonNull(limit, "limit");
            if (runs < 1) {
                throw new IllegalArgumentException("suspects are settled by at least one run, not " + runs);
            }
        }
    }

    public ConfirmSuspects(Settings settings, ConfirmCommand command, Progress progress) {
        this(settings, (Remeasurement) command, progress, System::nanoTime);
    }

    public ConfirmSuspects(Settings settings, Remeasurement remeasurement, Progress progress, LongSupplier nanoClock) {
        this.settings = requireNonNull(settings, "settings");
        this.remeasurement = requireNonNull(remeasurement, "remeasurement");
        this.progress = requireNonNull(progress, "progress");
        this.nanoClock = requireNonNull(nanoClock, "nanoClock");
    }

    /** The history that the runs are judged against. */
    public interface Session {
        /** Judges runs of one commit; nothing is marked. */
        Judgement judge(List<RunInfo> runs, Policies policies) throws IOException;

        /**
         * Adds a further run.
         *
         * @return what was added, of the same commit and environments as the runs
         * @throws IOException if it cannot be read, or is of something else; then nothing was added
         */
        List<RunInfo> add(List<Path> files, List<RunInfo> runs) throws IOException;
    }

    /**
     * The result of measuring again.
     *
     * @param judgement of all runs: those that were there, and the further ones
     * @param notes for the reader; empty where nothing was to be settled
     */
    public record Outcome(Judgement judgement, List<String> notes) {
        public Outcome {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Settles what there is to settle.
     *
     * @param runs of one commit, in any environments; recorded
     * @param files that they were read from
     * @param policies what they are judged with
     */
    public Outcome settle(
            Session session, List<RunInfo> runs, List<Path> files, Policies policies, GatePolicy gatePolicy)
            throws IOException {
        return new Course(session, runs, files, policies, gatePolicy).settle();
    }

    /** One settling; for one use. */
    private final class Course {
        private final Session session;
        private final List<RunInfo> runs;
        private final List<Path> files;
        private final Policies policies;
        private final GatePolicy gatePolicy;
        private final Gate gate;
        private final Looks looks = new Looks(settings.runs + 1);
        private final Set<String> further = new HashSet<>();
        private final Map<SeriesKey, Finding> first = new HashMap<>();
        private final Set<SeriesKey> called = new HashSet<>();
        /** The suspects at any look. */
        private final Map<SeriesKey, String> suspected = new LinkedHashMap<>();

        private Set<SeriesKey> open = new HashSet<>();
        private int looked;
        private int made;

        Course(Session session, List<RunInfo> runs, List<Path> files, Policies policies, GatePolicy gatePolicy) {
            this.session = session;
            this.runs = new ArrayList<>(runs);
            this.files = files;
            this.policies = policies;
            this.gatePolicy = gatePolicy;
            gate = new Gate(gatePolicy);
        }

        Outcome settle() throws IOException {
            Judgement judgement = session.judge(runs, policies);
            judgement.findings().forEach(finding -> first.put(finding.key(), finding));
            look(judgement);
            if (open.isEmpty()) {
                return new Outcome(judgement, List.of());
            }
            Optional<String> failure = Optional.empty();
            long end = nanoClock.getAsLong() + settings.limit.toNanos();
            try (Scratch scratch = Scratch.create()) {
                while (!open.isEmpty() && made < settings.runs && failure.isEmpty()) {
                    failure = measure(Duration.ofNanos(end - nanoClock.getAsLong()), scratch.folder());
                    if (failure.isEmpty()) {
                        made++;
                        judgement = look(session.judge(runs, policies));
                        if (isNothingMeasuredAgain(judgement)) {
                            failure = Optional.of("contained none of the possible regressions");
                        }
                    }
                }
            }
            return reported(judgement, failure);
        }

        /** Measures once more; what went wrong, if something did. */
        private Optional<String> measure(Duration left, Path scratch) {
            if (left.isNegative() || left.isZero()) {
                return Optional.of("reached its time limit of " + seconds(settings.limit));
            }
            List<String> names = new ArrayList<>(
                    open.stream().map(key -> key.benchmark().name()).collect(Collectors.toCollection(TreeSet::new)));
            progress.at(
                    "measuring " + count(open.size(), "suspect") + " again, run " + (made + 1) + " of at most "
                            + settings.runs,
                    made,
                    settings.runs);
            try {
                Path own = Files.createDirectory(scratch.resolve("run-" + (made + 1)));
                List<Path> results = remeasurement.measure(new Remeasurement.Request(names, runs, files), left, own);
                List<RunInfo> added = session.add(results, runs);
                added.forEach(run -> further.add(run.id()));
                runs.addAll(added);
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of("was stopped");
            } catch (UnreadableInput e) {
                // the file is in a folder that no longer exists when this is read
                return Optional.of("left an unreadable result: it " + FailureLine.of(e.what()));
            } catch (IOException e) {
                return Optional.of(FailureLine.of(String.valueOf(e.getMessage())));
            }
        }

        /** The judgement after a look, with the remaining suspects. */
        private Judgement look(Judgement whole) throws IOException {
            looked++;
            Judgement strict = session.judge(runs, policies.spending(looks.share(looked)));
            Set<String> known = new HashSet<>(whole.annotated());
            known.addAll(strict.annotated());
            Map<SeriesKey, Finding> shared = byKey(strict.findings());
            Map<SeriesKey, Finding> findings = new HashMap<>();
            open = new HashSet<>();
            for (Judgement.Judged one : whole.series()) {
                Finding full = one.finding();
                SeriesKey key = full.key();
                if (looked > 1 && !isMeasuredAgain(one)) {
                    Finding kept = first.getOrDefault(key, full);
                    findings.put(key, kept);
                    if (suspected.containsKey(key) && isUnsettled(kept, kept)) {
                        open.add(key);
                    }
                    continue;
                }
                Finding own = shared.getOrDefault(key, full);
                if (isRegressed(own) && !own.isDisputed()) {
                    called.add(key);
                }
                Finding found = (isRegressed(full) && called.contains(key))
                                || full.verdict().kind() == Verdict.Kind.IMPROVED
                        ? full
                        : called.contains(key) || looked == 1
                                ? stillSuspect(own, full)
                                : withoutDispute(stillSuspect(own, full));
                findings.put(key, found);
                if (!known.contains(full.id())
                        && !known.contains(own.id())
                        && gatePolicy.weightOf(key) != GateRule.Weight.MUTED
                        && isUnsettled(full, found)) {
                    open.add(key);
                    suspected.putIfAbsent(key, label(key));
                }
            }
            return whole.with(findings);
        }

        private static Map<SeriesKey, Finding> byKey(List<Finding> findings) {
            Map<SeriesKey, Finding> byKey = new HashMap<>();
            findings.forEach(finding -> byKey.put(finding.key(), finding));
            return byKey;
        }

        private boolean isUnsettled(Finding full, Finding found) {
            return found.isSuspect()
                    || isDisagreement(found)
                    || gate.waits(found)
                    || isRegressed(full) && !called.contains(full.key());
        }

        private boolean isMeasuredAgain(Judgement.Judged one) {
            return again(one) > 0;
        }

        /** The number of further runs that measured it. */
        private int again(Judgement.Judged one) {
            return (int) one.points().stream()
                    .filter(point -> further.contains(point.run().id()))
                    .count();
        }

        private boolean isNothingMeasuredAgain(Judgement judgement) {
            return judgement.series().stream()
                    .noneMatch(one -> suspected.containsKey(one.finding().key()) && isMeasuredAgain(one));
        }

        private Outcome reported(Judgement judgement, Optional<String> failure) {
            Map<SeriesKey, Finding> settled = new HashMap<>();
            List<String> confirmed = new ArrayList<>();
            List<String> cleared = new ArrayList<>();
            List<String> left = new ArrayList<>();
            for (Judgement.Judged one : judgement.series()) {
                Finding finding = one.finding();
                SeriesKey key = finding.key();
                int again = again(one);
                boolean isDone = !open.contains(key) || made == settings.runs && again > 0;
                if (!suspected.containsKey(key)) {
                    continue;
                }
                if (called.contains(key) && isRegressed(finding) && !finding.isDisputed()) {
                    confirmed.add(label(key));
                } else if (isDone && again > 0 && !isDisagreement(finding)) {
                    cleared.add(label(key));
                    settled.put(key, settled(finding, again));
                } else {
                    left.add(label(key));
                }
            }
            List<String> notes = new ArrayList<>();
            if (made > 0) {
                notes.add(ConfirmNotes.checkedAgain(made, confirmed, cleared, left));
            }
            failure.ifPresent(why -> notes.add(ConfirmNotes.failed(why, made > 0 ? List.of() : left)));
            return new Outcome(judgement.with(settled), notes);
        }
    }

    private static boolean isRegressed(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed;
    }

    /**
     * The finding as a suspect where only the whole error rate would detect or suspect it, until a look has detected it
     * with its own share.
     */
    private static Finding stillSuspect(Finding own, Finding full) {
        if (full.isSuspect()) {
            return full;
        }
        return isRegressed(full) && own.verdict() instanceof Verdict.Inconclusive open && !open.suspect()
                ? own.with(new Verdict.Inconclusive(
                        betweenRates(own, full).orElse(open.reason()), true, OptionalInt.of(1), open.effect()))
                : own;
    }

    /**
     * The reason for a change that is too rare for the whole error rate and not rare enough for the share of a look.
     */
    private static Optional<Reason> betweenRates(Finding own, Finding full) {
        Optional<HistoryEvidence.Suite> whole =
                full.evidence(HistoryEvidence.Suite.class).findFirst();
        return own.evidence(HistoryEvidence.Suite.class)
                .findFirst()
                .filter(share -> whole.isPresent() && share.probability() > share.limit())
                .map(share -> new HistoryEvidence.Suspect(
                        true, share.probability(), share.limit(), whole.get().limit()));
    }

    private static boolean isDisagreement(Finding finding) {
        return finding.isDisputed() && (finding.isSuspect() || isRegressed(finding));
    }

    /** The finding without a dispute: a change that no look has detected is refuted by a further run without it. */
    private static Finding withoutDispute(Finding finding) {
        return isDisagreement(finding)
                ? finding.evidence(HistoryEvidence.Disagreement.class)
                        .findFirst()
                        .map(why -> finding.undecided(
                                new Verdict.Inconclusive(
                                        why,
                                        false,
                                        OptionalInt.of(1),
                                        finding.verdict().effect()),
                                why))
                        .orElse(finding)
                : finding;
    }

    /** No longer a suspect. */
    private static Finding settled(Finding finding, int runs) {
        return finding.verdict() instanceof Verdict.Inconclusive open
                ? finding.with(new Verdict.Inconclusive(
                        new Reason.NotConfirmed(open.reason(), runs), false, OptionalInt.empty(), open.effect()))
                : finding;
    }

    private static String label(SeriesKey key) {
        return key.benchmark().label() + " " + key.metric();
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String seconds(Duration limit) {
        return limit.toSeconds() + " s";
    }
}
