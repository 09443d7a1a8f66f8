package dev.plumbline.pipeline.history.renaming;

import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.RenamingsReport;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.naming.KnownRenaming;
import dev.plumbline.store.naming.Renaming;
import java.util.Optional;
import java.util.OptionalLong;

/** A renaming as the history keeps it, and what it does. */
final class StatedRenaming {
    private StatedRenaming() {}

    static RenamingOutcome state(Workspace workspace, RunStore store, Renaming renaming, Author author) {
        long number = store.rename(
                renaming, author.name(), author.reason(), workspace.clock().instant());
        KnownRenaming known = store.renamings().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow();
        return new RenamingOutcome(row(known), count(store, renaming, renaming.newLabel()));
    }

    static int count(RunStore store, Renaming renaming, String label) {
        return Math.toIntExact(store.keys(SeriesQuery.all()).stream()
                .filter(key -> renaming instanceof Renaming.OfMetric
                        ? key.metric().equals(label)
                        : key.benchmark().name().equals(label)
                                || key.benchmark().label().equals(label))
                .count());
    }

    static RenamingsReport.Row row(KnownRenaming known) {
        return new RenamingsReport.Row(
                OptionalLong.of(known.number()),
                known.renaming() instanceof Renaming.OfMetric ? "metric" : "benchmark",
                known.renaming().oldLabel(),
                known.renaming().newLabel(),
                known.by(),
                known.reason(),
                Optional.of(known.at()));
    }
}
