package dev.plumbline.ingest.inference;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file's name that ends or begins with a day and perhaps a time: {@code resnet50_20240501_123045.json}, {@code
 * 2024-05-01T12:30:45.5+0100_resnet50.json}, {@code resnet50_1May2024.json}, {@code resnet50_1714559445.json}.
 *
 * @param name the part before or after the day; the whole name if a number may or may not be a day
 * @param time when it was; empty when the date is ambiguous
 * @param doubt what is ambiguous, for a person
 * @param isDated whether it has a day, even if an ambiguous one; else the doubt is whether it has
 */
record DatedName(String name, Optional<Instant> time, Optional<String> doubt, boolean isDated) {
    private static final Pattern ENDINGS = Pattern.compile("(?:\\.json)?(?:\\.gz|\\.zst)?$");

    /** With this many files of a model in a folder, all with a day of six digits, the digits are days. */
    private static final int ENOUGH_FILES = 3;

    /** Clocks and zones differ. */
    private static final Duration A_DAY = Duration.ofDays(1);

    private static final Instant OLDEST_EPOCH = Instant.parse("2010-01-01T00:00:00Z");

    private static final String ZONE = "(?<zone>[Zz]|[ _]?(?:UTC|GMT)|\\+[0-9]{2}(?::?[0-9]{2})?|-[0-9]{2}:?[0-9]{2})?";
    private static final String CLOCK = "(?<hour>[0-9]{2})(?:(?<colon>[-_.:]?)(?<minute>[0-9]{2})"
            + "(?:\\k<colon>(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,9})|_(?<digits>[0-9]{3}|[0-9]{6}))?)?"
            + "|[hH](?<minuteOfHour>[0-9]{2})(?:[mM](?<secondOfHour>[0-9]{2})?[sS]?)?)" + ZONE;
    private static final String TIME = "(?:[Tt_. -]" + CLOCK + "|(?<zulu>[Zz]))?";
    private static final String MONTH = "(?<monthName>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
            + "|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    private static final String WEEKDAY =
            "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[-_., ]+)?";

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** Unambiguous spellings of a date and time, and days before months, which may be ambiguous. */
    private static final List<String> MOMENTS = List.of(
            "(?<year>[0-9]{4})(?<gap>[-_.]?)(?<month>[0-9]{2})\\k<gap>(?<day>[0-9]{2})" + TIME,
            "(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})(?<hour>[0-9]{2})(?<minute>[0-9]{2})(?<second>[0-9]{2})?"
                    + ZONE,
            "(?<date>(?<first>[0-9]{2})(?<gap>[-_.]?)(?<last>[0-9]{2})\\k<gap>(?<year>[0-9]{4}))" + TIME,
            WEEKDAY + "(?<day>[0-9]{1,2})[-_. ]?" + MONTH + "[-_. ]?(?<year>[0-9]{4})" + TIME,
            WEEKDAY + MONTH + "[-_. ]?(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[-_., ]+(?<year>[0-9]{4})" + TIME,
            "(?<year>[0-9]{4})[-_. ]?" + MONTH + "[-_. ]?(?<day>[0-9]{1,2})" + TIME);

    private static final String EPOCH = "(?<epoch>[0-9]{10}(?:[0-9]{3})?)";
    private static final String SHORT = "(?<date>(?<year>[0-9]{2})(?<month>[0-9]{2})(?<day>[0-9]{2}))" + TIME;

    private static final List<Pattern> ENDING =
            MOMENTS.stream().map(DatedName::ending).toList();
    private static final List<Pattern> BEGINNING =
            MOMENTS.stream().map(DatedName::beginning).toList();
    private static final List<Pattern> EPOCHS = List.of(ending(EPOCH), beginning(EPOCH));
    private static final List<Pattern> SHORTS = List.of(ending(SHORT), beginning(SHORT));

    /** A two-digit year between separators, or with a month's name. */
    private static final Pattern TWO_DIGITS = Pattern.compile(
            "(?:^|.*?[-_. ])(?<date>[0-9]{2}([-_.])[0-9]{2}\\2[0-9]{2}|[0-9]{1,2}[-_. ]?" + MONTH
                    + "[-_. ]?[0-9]{2})(?:$|[-_. ].*)",
            Pattern.CASE_INSENSITIVE);

    private static final String MONTH_NUMBER = "(?:0?[1-9]|1[0-2])";
    private static final String DAY_NUMBER = "(?:0?[1-9]|[12][0-9]|3[01])";

    /** A day or month of one digit, or a week: not certain enough to be read. */
    private static final Pattern INEXACT =
            Pattern.compile("(?:^|.*?[-_. ])(?<date>(?:19|20)[0-9]{2}([-_.])" + MONTH_NUMBER
                    + "\\2" + DAY_NUMBER + "|" + DAY_NUMBER + "([-_.])" + DAY_NUMBER
                    + "\\3(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-?W[0-5][0-9](?:-?[1-7])?)(?:$|[-_. (].*)");

    /** A day with letters or brackets right beside it, as in the second copy of a file. */
    private static final Pattern BESIDE = Pattern.compile(
            "(?:|.*[^0-9])(?<date>(?<year>[0-9]{4})(?<gap>[-_.]?)(?<month>[0-9]{2})\\k<gap>(?<day>[0-9]{2}))(?:[^0-9].*|)");

    private static final Pattern INSIDE = Pattern.compile(
            ".*?[-_. ](?<date>(?<year>[0-9]{4})(?<gap>[-_.]?)(?<month>[0-9]{2})\\k<gap>(?<day>[0-9]{2}))[-_.T ].*");

    private static Pattern ending(String moment) {
        return Pattern.compile("(?<name>.+?)[-_. ]+" + moment, Pattern.CASE_INSENSITIVE);
    }

    private static Pattern beginning(String moment) {
        return Pattern.compile(moment + "[-_. ]+(?<name>.*[A-Za-z].*)", Pattern.CASE_INSENSITIVE);
    }

    /**
     * The facts in a file's name; empty when it has no existing day at its end or beginning.
     *
     * @param zone of times without one
     * @param now after which nothing was measured
     * @param reported the time that the file itself has
     * @param neighbours the names of all files of its folder
     */
    static Optional<DatedName> of(
            String fileName, ZoneId zone, Instant now, Optional<Instant> reported, Supplier<List<String>> neighbours) {
        String stem = stem(fileName);
        Optional<DatedName> moment = first(ENDING, stem, found -> moment(found, zone, now))
                .or(() -> first(BEGINNING, stem, found -> moment(found, zone, now)));
        if (moment.isPresent()
                || ENDING.stream().anyMatch(pattern -> pattern.matcher(stem).matches())) {
            // What looks like a day and is none is a part of the name, and so are six digits of it.
            return moment.or(() -> impossible(stem));
        }
        return Stream.<Supplier<Optional<DatedName>>>of(
                        () -> first(EPOCHS, stem, found -> epoch(found, now)),
                        () -> first(SHORTS, stem, found -> ofShort(found, stem, zone, now, reported, neighbours)),
                        () -> unread(stem))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String stem(String fileName) {
        return ENDINGS.matcher(fileName).replaceFirst("");
    }

    private static Optional<DatedName> first(
            List<Pattern> patterns, String stem, Function<Matcher, Optional<DatedName>> reading) {
        return patterns.stream()
                .map(pattern -> pattern.matcher(stem))
                .filter(Matcher::matches)
                .map(reading)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<DatedName> moment(Matcher found, ZoneId zone, Instant now) {
        try {
            int year = number(found, "year");
            if (!isLikely(year)) {
                return Optional.empty();
            }
            if (!has(found, "first")) {
                int month = has(found, "monthName") ? month(found.group("monthName")) : number(found, "month");
                return Optional.of(known(found, LocalDate.of(year, month, number(found, "day")), zone));
            }
            int first = number(found, "first");
            int second = number(found, "last");
            LocalDate day = first > 12 ? LocalDate.of(year, second, first) : LocalDate.of(year, first, second);
            if (found.group("gap").isEmpty() && day.isAfter(LocalDate.ofInstant(now.plus(A_DAY), ZoneOffset.UTC))) {
                return Optional.empty(); // eight digits may be another number, more so with the year at their end
            }
            return first <= 12 && second <= 12 && first != second
                    ? Optional.of(new DatedName(
                            found.group("name"),
                            Optional.empty(),
                            Optional.of("the date " + found.group("date") + " in the file's name is ambiguous; write it"
                                    + " as YYYY-MM-DD, or give --time"),
                            true))
                    : Optional.of(known(found, day, zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DatedName known(Matcher found, LocalDate day, ZoneId zone) {
        return new DatedName(found.group("name"), Optional.of(time(found, day, zone)), Optional.empty(), true);
    }

    private static Instant time(Matcher found, LocalDate day, ZoneId zone) {
        String fraction =
                has(found, "fraction") ? found.group("fraction") : has(found, "digits") ? found.group("digits") : "";
        LocalTime clock = LocalTime.of(
                number(found, "hour"),
                number(found, has(found, "minuteOfHour") ? "minuteOfHour" : "minute"),
                number(found, has(found, "secondOfHour") ? "secondOfHour" : "second"),
                Integer.parseInt((fraction + "000000000").substring(0, 9)));
        return day.atTime(clock).atZone(zone(found, zone)).toInstant();
    }

    private static ZoneId zone(Matcher found, ZoneId zone) {
        if (has(found, "zulu")) {
            return ZoneOffset.UTC;
        }
        if (!has(found, "zone")) {
            return zone;
        }
        String written = found.group("zone");
        return written.startsWith("+") || written.startsWith("-") ? ZoneOffset.of(written) : ZoneOffset.UTC;
    }

    /** Ten or thirteen digits that are seconds or milliseconds since 1970 of a time when results can have been made. */
    private static Optional<DatedName> epoch(Matcher found, Instant now) {
        String digits = found.group("epoch");
        long number = Long.parseLong(digits);
        Instant time = digits.length() == 10 ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        return time.isBefore(OLDEST_EPOCH) || time.isAfter(now.plus(A_DAY))
                ? Optional.empty()
                : Optional.of(new DatedName(found.group("name"), Optional.of(time), Optional.empty(), true));
    }

    /**
     * Six digits, which may be a day or any number. They are a day if a time of six digits follows, if the file's own
     * time is of that day, or if all files of the model in this folder have a day there.
     */
    private static Optional<DatedName> ofShort(
            Matcher found,
            String stem,
            ZoneId zone,
            Instant now,
            Optional<Instant> reported,
            Supplier<List<String>> neighbours) {
        Optional<LocalDate> day = shortDay(found, now);
        if (day.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant time = time(found, day.get(), zone);
            boolean isDay = has(found, "second")
                    || reported.filter(own -> Duration.between(
                                                    day.get().atStartOfDay(zone).toInstant(), own)
                                            .minus(A_DAY.dividedBy(2))
                                            .abs()
                                            .compareTo(A_DAY)
                                    < 0)
                            .isPresent()
                    || areDays(found.pattern(), found.group("name"), neighbours.get(), now);
            return Optional.of(
                    isDay
                            ? new DatedName(found.group("name"), Optional.of(time), Optional.empty(), true)
                            : new DatedName(
                                    stem,
                                    Optional.empty(),
                                    Optional.of(found.group("date") + " in the file's name may be the date "
                                            + day.get() + " or another number, so it is a part of the benchmark's name;"
                                            + " if it is the date, write it as "
                                            + day.get().toString().replace("-", "")),
                                    false));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean areDays(Pattern pattern, String name, List<String> neighbours, Instant now) {
        List<Matcher> alike = neighbours.stream()
                .map(DatedName::stem)
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .filter(other -> other.group("name").equals(name))
                .toList();
        return alike.stream().map(other -> other.group("date")).distinct().count() >= ENOUGH_FILES
                && alike.stream().allMatch(other -> shortDay(other, now).isPresent());
    }

    private static Optional<LocalDate> shortDay(Matcher found, Instant now) {
        try {
            LocalDate day = LocalDate.of(2000 + number(found, "year"), number(found, "month"), number(found, "day"));
            return day.isAfter(LocalDate.ofInstant(now.plus(A_DAY), ZoneOffset.UTC))
                    ? Optional.empty()
                    : Optional.of(day);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The warning about a possible day that is not read, which makes each file a benchmark of its own. */
    private static Optional<DatedName> unread(String stem) {
        Matcher inside = INSIDE.matcher(stem);
        if (inside.matches() && isDay(inside)) {
            return Optional.of(
                    unread(stem, inside.group("date"), "is read as a date only at its end or beginning; put it there"));
        }
        Matcher beside = BESIDE.matcher(stem);
        if (beside.matches() && isDay(beside)) {
            return Optional.of(unread(
                    stem,
                    beside.group("date"),
                    "is read as a date only with nothing but a time behind it; rename the file"));
        }
        Matcher inexact = INEXACT.matcher(stem);
        if (inexact.matches()) {
            return Optional.of(unread(stem, inexact.group("date"), "may be a date; write it as YYYY-MM-DD if it is"));
        }
        Matcher twoDigits = TWO_DIGITS.matcher(stem);
        return twoDigits.matches()
                ? Optional.of(
                        unread(stem, twoDigits.group("date"), "may be a date; write it with four digits of the year"))
                : Optional.empty();
    }

    /** A day that does not exist, with a year that is likely: a slip, rather than another number. */
    private static Optional<DatedName> impossible(String stem) {
        return first(
                List.of(ENDING.get(0)),
                stem,
                found -> isLikely(number(found, "year"))
                        ? Optional.of(unread(
                                stem,
                                stem.substring(found.start("year"), found.end("day")),
                                "is no day that exists; correct it"))
                        : Optional.empty());
    }

    private static DatedName unread(String stem, String date, String what) {
        return new DatedName(
                stem,
                Optional.empty(),
                Optional.of(date + " in the file's name is a part of the benchmark's name, because it " + what),
                false);
    }

    private static boolean isDay(Matcher found) {
        try {
            LocalDate day = LocalDate.of(number(found, "year"), number(found, "month"), number(found, "day"));
            return isLikely(day.getYear());
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Eight digits may be another number. */
    private static boolean isLikely(int year) {
        return year >= 1990 && year < 2100;
    }

    private static int month(String name) {
        return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static boolean has(Matcher found, String group) {
        return found.pattern().pattern().contains("(?<" + group + ">") && found.group(group) != null;
    }

    private static int number(Matcher found, String group) {
        return has(found, group) ? Integer.parseInt(found.group(group)) : 0;
    }
}
