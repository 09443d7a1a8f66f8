package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time in the name of a file: {@code jmh-2026-01-31.json}, {@code 20260131T120000Z.json}; always UTC.
 *
 * @param time the first moment that the name may mean
 * @param span how long the time lasts that the name means: a day, a minute, a second
 */
record FileTime(Instant time, Duration span) {
    private static final Pattern DATE = Pattern.compile("(?<![0-9])(?<year>20[0-9]{2})(?<dash>[-_.]?)(?<month>[0-9]{2})"
            + "\\k<dash>(?<day>[0-9]{2})"
            + "(?:[T_ -]?(?<hour>[0-9]{2})[-_:.h]?(?<minute>[0-9]{2})(?:[-_:.m]?(?<second>[0-9]{2}))?)?(?![0-9])");

    FileTime {
        requireNonNull(time, "time");
        requireNonNull(span, "span");
    }

    /** Empty for a name without a date, and for one that is no day or no time. */
    static Optional<FileTime> of(Path file) {
        Matcher found = DATE.matcher(file.getFileName().toString());
        if (!found.find()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(number(found, "year"), number(found, "month"), number(found, "day"));
            if (found.group("hour") == null) {
                return Optional.of(new FileTime(day.atStartOfDay(ZoneOffset.UTC).toInstant(), Duration.ofDays(1)));
            }
            boolean seconds = found.group("second") != null;
            LocalTime time =
                    LocalTime.of(number(found, "hour"), number(found, "minute"), seconds ? number(found, "second") : 0);
            return Optional.of(new FileTime(
                    day.atTime(time).toInstant(ZoneOffset.UTC),
                    seconds ? Duration.ofSeconds(1) : Duration.ofMinutes(1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The part of a name that is written like a date and is none: {@code 2026-02-30}. Without separators only what has
     * a month and a day of some month counts: other digits are the number of something.
     */
    static Optional<String> impossible(Path file) {
        Matcher found = DATE.matcher(file.getFileName().toString());
        if (!found.find() || of(file).isPresent()) {
            return Optional.empty();
        }
        boolean isDate = !found.group("dash").isEmpty()
                || (isWithin(number(found, "month"), 12) && isWithin(number(found, "day"), 31));
        return Optional.of(found.group()).filter(date -> isDate);
    }

    private static boolean isWithin(int number, int last) {
        return number >= 1 && number <= last;
    }

    private static int number(Matcher found, String group) {
        return Integer.parseInt(found.group(group));
    }
}
