package dev.plumbline.ingest.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT); // 30 February is no day, and not the 28th

    private static final double LATEST_SECONDS = 1e11; // the year 5138; larger numbers count milliseconds

    private static final Pattern DAY = Pattern.compile("\\s*(19|20)\\d\\d-\\d\\d-\\d\\d(?!\\d)");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2100;
    private static final int NO_OFFSET = Integer.MIN_VALUE;

    private Times() {}

    /**
     * The time of a text: ISO 8601 with or without offset, with a blank for the {@code T}, a day alone, also as
     * {@code 20260131}, or seconds or milliseconds since 1970.
     *
     * @param zone of a text without an offset
     */
    public static Optional<Instant> parse(String text, ZoneId zone) {
        String written = text.strip();
        if (written.length() < 8 || written.length() > 40) {
            return Optional.empty();
        }
        Optional<Instant> usual = usual(written);
        if (usual.isPresent()) {
            return usual;
        }
        if (written.length() == 8 && digits(written, 0, 8) > 0) {
            // as seconds, eight digits are a day in 1970, which is no plausible time of measurement
            int year = digits(written, 0, 4);
            String day = written.substring(0, 4) + "-" + written.substring(4, 6) + "-" + written.substring(6);
            return year >= FIRST_YEAR && year < LAST_YEAR ? parse(day, zone) : Optional.empty();
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

    /** Whether a text begins like a day and a time, so that it is wrong if it cannot be read: {@code 2026-02-30…}. */
    static boolean isOfDay(String text) {
        return DAY.matcher(text).lookingAt();
    }

    /**
     * The time of {@code 2026-01-31T12:00:00.123+01:00}, the form that nearly all have, without the formatter, which
     * takes twenty times as long. Empty for every other form, and for a time that may not exist.
     */
    private static Optional<Instant> usual(String written) {
        int length = written.length();
        if (length < 20
                || written.charAt(4) != '-'
                || written.charAt(7) != '-'
                || written.charAt(10) != 'T'
                || written.charAt(13) != ':'
                || written.charAt(16) != ':') {
            return Optional.empty();
        }
        int year = digits(written, 0, 4);
        int month = digits(written, 5, 7);
        int day = digits(written, 8, 10);
        int hour = digits(written, 11, 13);
        int minute = digits(written, 14, 16);
        int second = digits(written, 17, 19);
        boolean exists = year >= 0
                && (month >= 1 && month <= 12)
                && (day >= 1 && day <= 28
                        || day > 28 && day <= YearMonth.of(year, month).lengthOfMonth())
                && (hour >= 0 && hour < 24)
                && (minute >= 0 && minute < 60)
                && (second >= 0 && second < 60);
        if (!exists) {
            return Optional.empty();
        }
        int zone = 19;
        int nanos = 0;
        if (written.charAt(zone) == '.') {
            int unit = 1_000_000_000;
            for (zone++; zone < length && unit > 1 && isDigit(written.charAt(zone)); zone++) {
                unit /= 10;
                nanos += (written.charAt(zone) - '0') * unit;
            }
            if (zone == 20) {
                return Optional.empty();
            }
        }
        int offsetSeconds = offsetSeconds(written, zone);
        if (offsetSeconds == NO_OFFSET) {
            return Optional.empty();
        }
        long daySecond = hour * 3600L + minute * 60L + second;
        long epochSecond = LocalDate.of(year, month, day).toEpochDay() * 86_400L + daySecond - offsetSeconds;
        return Optional.of(Instant.ofEpochSecond(epochSecond, nanos));
    }

    /** The seconds of {@code Z} or {@code +01:00} if they end the text. */
    private static int offsetSeconds(String written, int from) {
        int left = written.length() - from;
        if (left == 1 && written.charAt(from) == 'Z') {
            return 0;
        }
        if (left != 6 || written.charAt(from + 3) != ':') {
            return NO_OFFSET;
        }
        char sign = written.charAt(from);
        int hours = digits(written, from + 1, from + 3);
        int minutes = digits(written, from + 4, from + 6);
        boolean exists = (sign == '+' || sign == '-') && hours >= 0 && hours < 18 && minutes >= 0 && minutes < 60;
        if (!exists) {
            return NO_OFFSET;
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    /** The number that these characters write; negative when one of them is no digit. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + (text.charAt(i) - '0');
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** The time of a number of seconds, or of milliseconds if it is too large, after 1970; empty when there is none. */
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
