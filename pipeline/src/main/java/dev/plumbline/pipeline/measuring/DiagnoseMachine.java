package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.SequentialT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.measure.count.Counters;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.BuiltInWork;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.repository.Machine;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.MachineRemarks;
import dev.plumbline.report.answer.MachineReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Measures the noise of this machine, and finds its causes and remedies. */
public final class DiagnoseMachine {
    private static final int SHOWN_PAIRS = 10;
    private static final int MOST_PAIRS = 10_000;
    private static final double MUCH_STEALING = 0.01;
    private static final long COARSE_NANOS = 10_000;
    /** The 99 % quantile of the normal distribution. */
    private static final double SURELY = 2.326;
    /** Makes the median absolute deviation the standard deviation of normal values. */
    private static final double NORMAL = 1.4826;

    private final Workspace workspace;
    private final ProcessRunner runner;
    private final Progress progress;

    public DiagnoseMachine(Workspace workspace, ProcessRunner runner, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.runner = requireNonNull(runner, "runner");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Looks at the machine and measures the same work against itself.
     *
     * @param pairs of each kind of work; 0 for looking only
     */
    public MachineReport diagnose(int pairs) throws IOException {
        Machine machine = Machine.here();
        double margin = workspace.configuration().policy().policy().margin();
        List<MachineReport.Remark> remarks = new ArrayList<>(new MachineCheck(machine).remarks());
        long clock = BuiltInWork.clockNanos();
        if (clock > COARSE_NANOS) {
            remarks.add(0, MachineRemarks.coarseClock(clock));
        }
        remarks.add(counters());
        List<MachineReport.Noise> noises = List.of();
        if (pairs > 0) {
            progress.at("measuring the same work twice", 0, 0);
            ProcessorTime before = ProcessorTime.of(machine);
            try (Scratch scratch = Scratch.create()) {
                noises = new BuiltInWork(runner, scratch.folder(), workspace.variables())
                        .pairs(pairs).stream().map(each -> noise(each, margin)).toList();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped before the noise could be estimated", e);
            }
            double stolen = before.stolenUntil(ProcessorTime.of(machine));
            if (stolen > MUCH_STEALING) {
                remarks.add(0, MachineRemarks.neighbours(stolen));
            }
        }
        return new MachineReport(machine.environment(), remarks, noises, clock, margin);
    }

    private MachineReport.Remark counters() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Counters counters = new Counters(runner, workspace.variables(), scratch.folder());
            return MachineRemarks.counters(counters.perfRefusal(), counters.valgrind());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped before the machine was known", e);
        }
    }

    static MachineReport.Noise noise(BuiltInWork.Pairs pairs, double margin) {
        double[] differences = pairs.differences();
        double deviation = NORMAL * Spread.medianAbsoluteDeviation(differences);
        SequentialT rule = SequentialT.withDefaults();
        SequentialT.Look look = rule.look(differences);
        OptionalInt needed = OptionalInt.empty();
        for (int n = 4; n <= MOST_PAIRS && needed.isEmpty(); n += 1 + n / 16) {
            if (detectable(rule, deviation, n) <= Math.log1p(margin)) {
                needed = OptionalInt.of(n);
            }
        }
        return new MachineReport.Noise(
                pairs.kind().name().toLowerCase(Locale.ROOT),
                Location.median(pairs.first()) * 1e-9,
                deviation / Math.sqrt(2),
                Math.expm1(look.mean()),
                !look.interval().contains(0),
                Math.expm1(detectable(rule, deviation, SHOWN_PAIRS)),
                needed);
    }

    private static double detectable(SequentialT rule, double deviation, int pairs) {
        return rule.halfWidth(deviation, pairs) + SURELY * deviation / Math.sqrt(pairs);
    }

    /** The kernel's counters of all processors, in ticks. */
    private record ProcessorTime(double all, double stolen) {
        private static final int STEAL = 8;

        static ProcessorTime of(Machine machine) {
            return machine.line("proc/stat")
                    .map(text -> text.lines().findFirst().orElse("").strip().split("\\s+"))
                    .filter(parts -> parts.length > STEAL && parts[0].equals("cpu"))
                    .map(parts -> {
                        double all = 0;
                        for (int i = 1; i <= STEAL; i++) {
                            all += ticks(parts[i]);
                        }
                        return new ProcessorTime(all, ticks(parts[STEAL]));
                    })
                    .orElse(new ProcessorTime(0, 0));
        }

        private static double ticks(String text) {
            return text.matches("[0-9]{1,18}") ? Double.parseDouble(text) : 0;
        }

        double stolenUntil(ProcessorTime later) {
            return later.all > all ? (later.stolen - stolen) / (later.all - all) : 0;
        }
    }
}
