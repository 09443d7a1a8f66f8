package dev.plumbline.ingest.inference;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's name that ends in a day and perhaps a time: {@code resnet50_20240501_123045.json}, {@code
 * resnet50_2024-05-01T1230Z.json}.
 *
 * @param name what stands before the day
 * @param time when it was; empty when the date is ambiguous
 * @param doubt the day as it is written, when nothing tells which of its numbers is the month
 */
record DatedName(String name, Optional<Instant> time, Optional<String> doubt) {
    private static final Pattern DATED = Pattern.compile("(?<name>.+?)[-_. ]"
            + "(?<date>(?<year>[0-9]{4})(?<gap>[-_.]?)(?<month>[0-9]{2})\\k<gap>(?<day>[0-9]{2})"
            + "|(?<first>[0-9]{2})(?<between>[-_.])(?<second>[0-9]{2})\\k<between>(?<last>[0-9]{4}))"
            + "(?:[Tt_. -](?<hour>[0-9]{2})(?<colon>[-_.:]?)(?<minute>[0-9]{2})(?:\\k<colon>(?<seconds>[0-9]{2}))?)?"
            + "(?<zulu>[Zz])?");
    private static final Pattern ENDINGS = Pattern.compile("(?:\\.json)?(?:\\.gz|\\.zst)?$");

    /** What a file's name says; empty when it ends in no day that exists. */
    static Optional<DatedName> of(String fileName, ZoneId zone) {
        Matcher found = DATED.matcher(ENDINGS.matcher(fileName).replaceFirst(""));
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            ZoneId there = found.group("zulu") == null ? zone : ZoneOffset.UTC;
            LocalTime clock = LocalTime.of(number(found, "hour"), number(found, "minute"), number(found, "seconds"));
            if (found.group("year") != null) {
                LocalDate day = LocalDate.of(number(found, "year"), number(found, "month"), number(found, "day"));
                return known(found.group("name"), day, clock, there);
            }
            int year = number(found, "last");
            int first = number(found, "first");
            int second = number(found, "second");
            if (first <= 12 && second <= 12 && first != second) {
                LocalDate.of(year, first, second);
                return isLikely(year)
                        ? Optional.of(
                                new DatedName(found.group("name"), Optional.empty(), Optional.of(found.group("date"))))
                        : Optional.empty();
            }
            LocalDate day = first > 12 ? LocalDate.of(year, second, first) : LocalDate.of(year, first, second);
            return known(found.group("name"), day, clock, there);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<DatedName> known(String name, LocalDate day, LocalTime clock, ZoneId zone) {
        return isLikely(day.getYear())
                ? Optional.of(new DatedName(
                        name, Optional.of(day.atTime(clock).atZone(zone).toInstant()), Optional.empty()))
                : Optional.empty();
    }

    /** Eight digits may be another number. */
    private static boolean isLikely(int year) {
        return year >= 1990 && year < 2100;
    }

    private static int number(Matcher found, String group) {
        return found.group(group) == null ? 0 : Integer.parseInt(found.group(group));
    }
}
