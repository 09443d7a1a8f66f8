package dev.plumbline.ingest.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * The pattern of times that are not ISO 8601, in the letters of {@link DateTimeFormatter}: {@code yyyyMMdd_HHmmss}
 * reads 20260131_120000. Names of months and days are English.
 */
public final class TimePattern {
    private final String letters;
    private final DateTimeFormatter formatter;

    private TimePattern(String letters, DateTimeFormatter formatter) {
        this.letters = letters;
        this.formatter = formatter;
    }

    /** @throws IllegalArgumentException if the letters are no pattern, or have no year or no day */
    public static TimePattern of(String letters) {
        DateTimeFormatter formatter;
        try {
            formatter = DateTimeFormatter.ofPattern(letters, Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no pattern of times: " + e.getMessage(), e);
        }
        TimePattern pattern = new TimePattern(letters, formatter);
        String example = formatter.format(ZonedDateTime.of(2026, 1, 31, 12, 0, 0, 0, ZoneId.of("UTC")));
        if (pattern.parse(example, ZoneId.of("UTC")).isEmpty()) {
            throw new IllegalArgumentException("a time pattern needs year, month and day, such as yyyyMMdd_HHmmss");
        }
        return pattern;
    }

    /**
     * The time of a text; empty if it is not written so. Midnight where the pattern has no time of day.
     *
     * @param zone of texts without an offset
     */
    Optional<Instant> parse(String text, ZoneId zone) {
        try {
            TemporalAccessor parsed =
                    formatter.parseBest(text.strip(), ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
            if (parsed instanceof ZonedDateTime time) {
                return Optional.of(time.toInstant());
            }
            if (parsed instanceof LocalDateTime time) {
                return Optional.of(time.atZone(zone).toInstant());
            }
            return Optional.of(LocalDate.from(parsed).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return letters;
    }
}
