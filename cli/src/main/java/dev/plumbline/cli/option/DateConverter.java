package dev.plumbline.cli.option;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Days and times. */
public final class DateConverter implements ITypeConverter<Instant> {
    private static final int DAY_LENGTH = 10;

    @Override
    public Instant convert(String text) {
        try {
            return text.length() == DAY_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "not a date: '" + text + "'; write it as 2026-12-31 or 2026-12-31T12:00:00Z");
        }
    }
}
