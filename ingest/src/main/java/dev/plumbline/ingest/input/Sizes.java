package dev.plumbline.ingest.input;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of data as programs print them that count in steps of 1024: {@code 1.51MB}, {@code 843.71 KiB}. */
public final class Sizes {
    private static final String PREFIXES = "kmgtp";
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,30}(?:\\.[0-9]{1,30})?)\\s*(?:([kKMGTP])i?)?[bB]?");

    private Sizes() {}

    /** The bytes of a written size, each prefix 1024 of the one before; NaN when the text is none. */
    public static double bytes(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Double.NaN;
        }
        double bytes = Texts.number(size.group(1));
        String prefix = size.group(2);
        return prefix == null ? bytes : bytes * Math.pow(1024, PREFIXES.indexOf(prefix.toLowerCase(Locale.ROOT)) + 1);
    }
}
