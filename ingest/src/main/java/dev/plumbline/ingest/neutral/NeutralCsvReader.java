package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.List;

/**
 * Reads tables with one value in a row.
 *
 * <p>Columns {@code benchmark} and {@code value} must be there. Rows of the same run, benchmark and metric make one
 * sample; {@code fork} separates its groups. Columns {@code param:NAME}, {@code env:NAME} and {@code context:NAME} add
 * parameters, facts of the environment and context. A column that is not known stops the reading, because it might be a
 * parameter without which different benchmarks would be mixed up.
 */
public final class NeutralCsvReader implements ResultReader {
    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        return columns.contains("benchmark")
                && (columns.contains("value") || columns.contains("values"))
                && !columns.contains("invocation");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
            NeutralTable table =
                    new NeutralTable(csv, importContext, new Recorder(sink), NeutralColumns.of(source, csv));
            while (csv.next()) {
                table.row();
            }
            table.end();
        }
    }
}
