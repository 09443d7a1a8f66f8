package dev.plumbline.server.command;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.workspace.StoreLocation;
import java.util.function.Consumer;

/**
 * A history at another place, which commands that only read use.
 *
 * @param history with all that the caller has to see
 * @param failed hears of a read that got no answer there and is repeated
 */
public record HistoryReplica(StoreLocation history, Consumer<Exception> failed) {
    public HistoryReplica {
        requireNonNull(history, "history");
        requireNonNull(failed, "failed");
    }
}
