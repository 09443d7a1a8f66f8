package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import java.util.List;

/**
 * The contents of result files, before they are processed.
 *
 * @param rows the first measurements, in the order of the files
 * @param measurements how many there are
 * @param runs how many runs they belong to
 * @param files how many files were read
 * @param unreadable how many of them could not be
 * @param problems records and files that could not be used
 */
public record Preview(List<Row> rows, long measurements, int runs, int files, int unreadable, List<Problem> problems) {
    public Preview {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /** One measurement and the run it belongs to. */
    public record Row(RunHeader header, Measurement measurement) {
        public Row {
            requireNonNull(header, "header");
            requireNonNull(measurement, "measurement");
        }
    }
}
