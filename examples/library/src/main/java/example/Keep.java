package example;

import dev.plumbline.core.model.Series;
import dev.plumbline.ingest.api.ResultFile;
import dev.plumbline.store.api.History;
import java.nio.file.Path;
import java.time.Instant;

/** Adds a result file to a history, and prints what the history has. */
public final class Keep {
    private Keep() {}

    public static void main(String[] arguments) throws Exception {
        ResultFile file = ResultFile.read(Path.of(arguments[0]), Instant.parse("2026-01-01T00:00:00Z"));
        file.problems().forEach(System.err::println);
        try (History history = History.open(Path.of(arguments[1]))) {
            file.runs().forEach(history::add);
            for (Series series : history.series()) {
                System.out.println(series.key().benchmark().label() + ": "
                        + series.points().size() + " runs");
            }
        }
    }
}
