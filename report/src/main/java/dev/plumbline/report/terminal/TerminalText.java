package dev.plumbline.report.terminal;

/**
 * Text for a terminal: invisible characters are made visible, and every character has a width in columns.
 *
 * <p>Escape first, then measure: width and cutting need text that went through {@link #escape}. Widths follow
 * Unicode Standard Annex 11 (East Asian Width): wide and fullwidth characters and emoji take two columns, combining
 * marks none, ambiguous ones one.
 */
public final class TerminalText {
    /** More marks on one letter than any language needs; what goes beyond is an attack on the lines above and below. */
    private static final int MOST_MARKS = 4;

    /** First and last code points of the ranges that take two columns, in order. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE,
        0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE,
        0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA,
        0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755,
        0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55,
        0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xA000, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3,
        0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x18DFF, 0x1AFF0,
        0x1B2FF, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F1E6, 0x1F1FF, 0x1F200,
        0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E, 0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0,
        0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B,
        0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680,
        0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4,
        0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947, 0x1F9FF, 0x1FA70,
        0x1FAFF, 0x20000, 0x3FFFD
    };

    private TerminalText() {}

    /** Text of several lines, such as the end of a program's output, with every line made safe. */
    public static String escapeLines(String text) {
        return text.lines().map(TerminalText::escape).collect(java.util.stream.Collectors.joining("\n"));
    }

    /**
     * Makes every character visible that would move the cursor, colour the line, turn the direction of writing or not
     * be seen at all.
     *
     * <p>Escape becomes {@code ␛} and other control characters their pictures; line feed, carriage return and tab
     * become {@code \n}, {@code \r} and {@code \t}; bidirectional controls, invisible characters, line separators,
     * unassigned code points and halves of surrogate pairs become {@code \}{@code u} and four or more hexadecimal
     * digits.
     */
    public static String escape(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            marks = isMark(character) ? marks + 1 : 0;
            if (marks > MOST_MARKS) {
                hexadecimal(character, escaped);
            } else {
                append(character, escaped);
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    private static void append(int character, StringBuilder escaped) {
        switch (character) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            case 0x7F -> escaped.append('␡');
            default -> {
                if (character < ' ') {
                    escaped.append((char) (0x2400 + character));
                } else if (isVisible(character)) {
                    escaped.appendCodePoint(character);
                } else {
                    hexadecimal(character, escaped);
                }
            }
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Hangul fillers and the Braille blank are invisible letters and symbols
            default ->
                character != 0x115F
                        && character != 0x1160
                        && character != 0x3164
                        && character != 0xFFA0
                        && character != 0x2800
                        && !isInvisibleMark(character);
        };
    }

    /** The grapheme joiner, inherent vowels of Khmer, and selectors of variants, but those that emoji are made with. */
    private static boolean isInvisibleMark(int character) {
        return character == 0x034F
                || character == 0x17B4
                || character == 0x17B5
                || character >= 0x180B && character <= 0x180F
                || character >= 0xFE00 && character <= 0xFE0D
                || character >= 0xE0100 && character <= 0xE01EF;
    }

    private static void hexadecimal(int character, StringBuilder escaped) {
        escaped.append("\\u");
        String digits = Integer.toHexString(character);
        escaped.append("0".repeat(Math.max(0, 4 - digits.length()))).append(digits);
    }

    /**
     * The same text in ASCII, for terminals that show nothing else: the signs that reports use get a substitute,
     * everything else becomes {@code \}{@code u} and its hexadecimal digits.
     */
    static String ascii(String escaped) {
        if (isPlain(escaped)) {
            return escaped;
        }
        StringBuilder ascii = new StringBuilder(escaped.length() + 16);
        escaped.codePoints().forEach(character -> {
            switch (character) {
                case '→' -> ascii.append("->");
                case '…' -> ascii.append("...");
                case '—', '–' -> ascii.append("-");
                case '±' -> ascii.append("+-");
                case '×' -> ascii.append('x');
                case '·' -> ascii.append('-');
                case 'µ', 'μ' -> ascii.append('u');
                case '∞' -> ascii.append("inf");
                case '≥' -> ascii.append(">=");
                case '²' -> ascii.append("^2");
                case '␛' -> ascii.append("\\e");
                default -> {
                    if (character <= '~') {
                        ascii.append((char) character);
                    } else {
                        hexadecimal(character, ascii);
                    }
                }
            }
        });
        return ascii.toString();
    }

    /** The number of columns that the text takes. */
    public static int width(String escaped) {
        if (isPlain(escaped)) {
            return escaped.length();
        }
        return escaped.codePoints().map(TerminalText::width).sum();
    }

    public static int width(int character) {
        if (character < 0x300) {
            return 1;
        }
        if (isMark(character)) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    private static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || character >= 0x1160 && character <= 0x11FF;
    }

    private static boolean isWide(int character) {
        int low = 0;
        int high = WIDE.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (character > WIDE[2 * middle + 1]) {
                low = middle + 1;
            } else if (character < WIDE[2 * middle]) {
                high = middle - 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /**
     * Shortens text in its middle, where names differ least, so that it takes no more than the given columns.
     *
     * @param columns at least 1; from two up the result has an ellipsis and is at most one column narrower than asked
     *     for
     * @param ellipsis replaces the omitted part
     */
    public static String shorten(String escaped, int columns, String ellipsis) {
        if (width(escaped) <= columns) {
            return escaped;
        }
        int left = columns - width(ellipsis);
        if (left <= 0) {
            return start(escaped, columns);
        }
        String end = end(escaped, left - left / 3);
        String start = start(escaped, left - width(end));
        return start + ellipsis + end;
    }

    /** As much from the start as fits the columns; marks stay with their letter. */
    public static String start(String text, int columns) {
        int taken = 0;
        int i = 0;
        while (i < text.length()) {
            int character = text.codePointAt(i);
            taken += width(character);
            if (taken > columns) {
                break;
            }
            i += Character.charCount(character);
        }
        return text.substring(0, i);
    }

    static String end(String text, int columns) {
        int taken = 0;
        int begin = text.length();
        int i = text.length();
        while (i > 0) {
            int character = text.codePointBefore(i);
            int width = width(character);
            taken += width;
            if (taken > columns) {
                break;
            }
            i -= Character.charCount(character);
            if (width > 0) {
                begin = i; // never begins with a mark that belongs to the letter before it
            }
        }
        return text.substring(begin);
    }

    /** Fills up with spaces on the right; text that is too wide stays as it is. */
    public static String padRight(String escaped, int columns) {
        return escaped + " ".repeat(Math.max(0, columns - width(escaped)));
    }

    /** Fills up with spaces on the left; text that is too wide stays as it is. */
    public static String padLeft(String escaped, int columns) {
        return " ".repeat(Math.max(0, columns - width(escaped))) + escaped;
    }
}
