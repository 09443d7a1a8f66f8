package dev.plumbline.pipeline.check;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.check.confirm.ConfirmSuspects;
import dev.plumbline.pipeline.record.Recorder;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges runs, repeatedly if needed, and adds further ones. */
final class Judging implements ConfirmSuspects.Session {
    private final Recorder recorder;
    private final RunStore store;
    private final Snapshots snapshots;
    private final List<Problem> problems;
    private final GatePolicy gatePolicy;
    private Optional<Snapshot> newest = Optional.empty();

    Judging(Recorder recorder, RunStore store, Snapshots snapshots, List<Problem> problems, GatePolicy gatePolicy) {
        this.recorder = recorder;
        this.store = store;
        this.snapshots = snapshots;
        this.problems = problems;
        this.gatePolicy = gatePolicy;
    }

    @Override
    public Judgement judge(List<RunInfo> runs, Policies by) throws IOException {
        return snapshots.judge(snapshot(runs), by, gatePolicy.fixed());
    }

    /** The snapshot of these runs; read once for as long as no run is added. */
    Snapshot snapshot(List<RunInfo> runs) throws IOException {
        if (newest.filter(one -> one.runs().equals(runs)).isEmpty()) {
            newest = Optional.of(snapshots.of(runs));
        }
        return newest.get();
    }

    @Override
    public List<RunInfo> add(List<Path> files, List<RunInfo> runs) throws IOException {
        List<Run> read = recorder.read(files, problems);
        Set<String> environments =
                runs.stream().map(run -> run.header().environment().key()).collect(Collectors.toSet());
        List<Run> fitting = read.stream()
                .filter(run -> environments.contains(run.header().environment().key()))
                .filter(run -> JudgedRuns.isOfSameCommit(
                        run.header().revision(), runs.get(0).header().revision()))
                .toList();
        if (fitting.isEmpty()) {
            throw new IOException(
                    read.isEmpty()
                            ? "contained no measurements"
                            : "measured " + where(read.get(0).header()) + ", not "
                                    + where(runs.get(0).header()));
        }
        List<RunInfo> added = store.record(fitting).stream()
                .filter(Recorded::isNew)
                .map(Recorded::run)
                .toList();
        if (added.isEmpty()) {
            throw new IOException("contained only results recorded before: nothing was measured");
        }
        return added;
    }

    private static String where(RunHeader header) {
        return "commit " + header.revision().shortCommit() + " of "
                + header.revision().branch() + " in " + header.environment().key();
    }
}
