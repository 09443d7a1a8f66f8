package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Unit;
import java.util.Optional;
import java.util.SortedMap;

/** The subject of a row. */
final class RowSubject extends RowFields {
    final String name;
    final SortedMap<String, String> parameters;
    final Optional<Unit> unit;
    final String metric;

    /** Empty until the name proves to be one. */
    Optional<Benchmark> benchmark = Optional.empty();

    /** Null until a sample asks. */
    Better better;

    /** Null until a sample is handed on, or where the name can be none. */
    Metric known;

    /** The subject of the next row when this was seen last; null where there was none. */
    RowSubject next;

    RowSubject(
            long number,
            String[] fields,
            String name,
            SortedMap<String, String> parameters,
            Optional<Unit> unit,
            String metric) {
        super(number, fields);
        this.name = name;
        this.parameters = parameters;
        this.unit = unit;
        this.metric = metric;
    }
}
