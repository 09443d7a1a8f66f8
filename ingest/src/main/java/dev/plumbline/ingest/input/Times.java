package dev.plumbline.ingest.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Times as tools write them. */
public final class Times {
    private static final DateTimeFormatter WRITTEN = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .optionalEnd()
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .toFormatter(Locale.ROOT);

    private static final double LATEST_SECONDS = 1e11; // the year 5138; larger numbers count milliseconds

    private Times() {}

    /**
     * The time that a text tells: ISO 8601 with or without offset, with a blank for the {@code T}, a day alone, or
     * seconds or milliseconds since 1970.
     *
     * @param zone where the clock stood when the text tells no offset
     */
    public static Optional<Instant> parse(String text, ZoneId zone) {
        String written = text.strip();
        if (written.length() < 8 || written.length() > 40) {
            return Optional.empty();
        }
        double number = Texts.number(written);
        if (!Double.isNaN(number)) {
            return ofEpoch(number);
        }
        written = written.replace(" UTC", "Z");
        if (written.length() > 10 && written.charAt(10) == ' ') {
            written = written.substring(0, 10) + "T" + written.substring(11);
        }
        written = written.replace(" ", "");
        try {
            TemporalAccessor parsed =
                    WRITTEN.parseBest(written, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (parsed instanceof OffsetDateTime time) {
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

    /** The time so many seconds, or milliseconds when there are very many, after 1970; empty when that is no time. */
    public static Optional<Instant> ofEpoch(double number) {
        if (!(number > 0 && number < LATEST_SECONDS * 1000)) {
            return Optional.empty();
        }
        double seconds = number < LATEST_SECONDS ? number : number / 1000;
        long whole = (long) seconds;
        long nanos = number < LATEST_SECONDS
                ? Math.round((seconds - whole) * 1e6) * 1000
                : Math.round(number - whole * 1000.0) * 1_000_000;
        return Optional.of(Instant.ofEpochSecond(whole, nanos));
    }
}
