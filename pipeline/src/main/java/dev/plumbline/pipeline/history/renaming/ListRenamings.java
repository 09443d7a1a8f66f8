package dev.plumbline.pipeline.history.renaming;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.RenamingsReport;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.naming.Alias;
import dev.plumbline.store.naming.Aliases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Lists the names in force. */
public final class ListRenamings {
    private final Workspace workspace;

    public ListRenamings(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /** The names in force: those that were stated, the oldest first, then those of the configuration. */
    public RenamingsReport list() throws IOException {
        List<RenamingsReport.Row> rows = new ArrayList<>();
        try (RunStore store = workspace.openExisting()) {
            store.renamings().forEach(known -> rows.add(StatedRenaming.row(known)));
        }
        Aliases aliases = workspace.configuration().aliases();
        aliases.benchmarks().forEach(alias -> rows.add(row("benchmark", alias)));
        aliases.metrics().forEach(alias -> rows.add(row("metric", alias)));
        return new RenamingsReport(rows);
    }

    private static RenamingsReport.Row row(String what, Alias alias) {
        return new RenamingsReport.Row(OptionalLong.empty(), what, alias.from(), alias.to(), "", "", Optional.empty());
    }
}
