package dev.plumbline.server.page;

import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.format.HtmlText;
import dev.plumbline.report.format.JsonValue;
import dev.plumbline.report.terminal.TerminalText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Names, times and numbers as pages show them. */
final class Words {
    /** The longest name that is shown whole. */
    private static final int LONGEST = 160;

    private static final int COMMIT = 10;

    private Words() {}

    /** An untrusted text, shortened to a readable length. */
    static String shown(String text) {
        return TerminalText.shorten(TerminalText.escape(text), LONGEST, "…");
    }

    static String commit(String commit) {
        return commit.isEmpty() ? "an unknown commit" : "commit " + shortCommit(commit);
    }

    static String shortCommit(String commit) {
        return commit.length() > COMMIT ? TerminalText.start(commit, COMMIT) : commit;
    }

    static String count(long count, String one, String many) {
        return count == 1 ? "1 " + one : Quantity.plain((double) count, 10) + " " + many;
    }

    /** Writes the age of something, with the time itself. */
    static void ago(HtmlText html, Instant time, Instant now) {
        html.element("time", ago(time, now), "datetime", time.toString(), "title", exact(time));
    }

    static String exact(Instant time) {
        return day(time) + " " + time.toString().substring(11, 16) + " UTC";
    }

    /** The note on the age of an earlier result. */
    static String asOf(Instant time) {
        return "This page is as of " + exact(time) + "; it is being updated. Reload it in a moment.";
    }

    static String day(Instant time) {
        return time.toString().substring(0, 10);
    }

    static String ago(Instant time, Instant now) {
        Duration age = Duration.between(time, now);
        if (age.isNegative() || age.toDays() >= 14) {
            return day(time);
        }
        if (age.toMinutes() < 1) {
            return "just now";
        }
        if (age.toHours() < 1) {
            return count(age.toMinutes(), "minute", "minutes") + " ago";
        }
        return age.toDays() < 2
                ? count(age.toHours(), "hour", "hours") + " ago"
                : count(age.toDays(), "day", "days") + " ago";
    }

    /** The time of a text that a command wrote. */
    static Optional<Instant> time(JsonValue value) {
        try {
            return value.text().map(Instant::parse);
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static String text(JsonValue object, String member) {
        return object.get(member).text().orElse("");
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
