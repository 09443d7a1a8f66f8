package dev.plumbline.ingest.neutral;

import dev.plumbline.core.model.RunHeader;
import java.util.Optional;

/** A run; without a header it is skipped. */
final class RowRun extends RowFields {
    final Optional<RunHeader> header;

    /** The run of the next row when this was seen last; null where there was none. */
    RowRun next;

    RowRun(long number, String[] fields, Optional<RunHeader> header) {
        super(number, fields);
        this.header = header;
    }
}
