package dev.plumbline.report.html;

import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * One file of HTML that holds everything it shows: the bundle of the module {@code web}, its style, and the data.
 *
 * <p>It opens from anywhere and asks nothing of any server. Its policy lets exactly this script and this style run,
 * named by their digests, and no other, so that an untrusted string always stays a string. The
 * data are JSON in an element that is no script for a browser; every {@code <} in them is escaped.
 */
final class HtmlPage {
    /** The name of the bundle in the module {@code web}. */
    private static final String SCRIPT = "/dev/plumbline/web/page.js";

    private static final String STYLE = "/dev/plumbline/web/page.css";

    private HtmlPage() {}

    /**
     * Writes the page.
     *
     * @param title shown by the browser; from outside, too
     * @param summary for who runs no scripts
     * @param data writes the members of the data
     * @param out is flushed and left open
     * @throws IOException when the stream fails
     * @throws IllegalStateException when this Plumbline was built without its pages
     */
    static void write(String title, String summary, Consumer<JsonText> data, OutputStream out) throws IOException {
        byte[] script = resource(SCRIPT);
        byte[] style = resource(STYLE);
        text(
                out,
                "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '"
                        + digest(script) + "'; style-src '" + digest(style)
                        + "'; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                        + "<meta name=\"referrer\" content=\"no-referrer\">\n"
                        + "<link rel=\"icon\" href=\"data:,\">\n<title>" + escape(title) + "</title>\n<style>");
        out.write(style);
        text(out, "</style>\n</head>\n<body>\n<div id=\"app\"></div>\n<noscript><pre>");
        text(out, escape(summary));
        text(out, "</pre></noscript>\n<script type=\"application/json\" id=\"data\">");
        JsonText.line(new EscapedForHtml(out), json -> json.object(() -> data.accept(json)));
        text(out, "</script>\n<script>");
        out.write(script);
        text(out, "</script>\n</body>\n</html>\n");
        out.flush();
    }

    /** Whether this Plumbline was built with its pages. */
    static boolean isBuilt() {
        return HtmlPage.class.getResource(SCRIPT) != null;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this Plumbline was built without its pages, because Node was missing;"
                        + " install Node 20 or newer and build again");
            }
            return in.readAllBytes();
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] content) {
        try {
            return "sha256-"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (String line : text.split("\n", -1)) {
            escaped.append(escaped.length() == 0 ? "" : "\n")
                    .append(TerminalText.escape(line)
                            .replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;")
                            .replace("\"", "&quot;"));
        }
        return escaped.toString();
    }

    /** Escapes JSON for HTML: in ASCII JSON a less-than sign occurs in strings only, where an escape means the same. */
    private static final class EscapedForHtml extends FilterOutputStream {
        private static final byte[] LESS_THAN = "\\u003c".getBytes(StandardCharsets.US_ASCII);

        EscapedForHtml(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int character) throws IOException {
            if (character == '<') {
                out.write(LESS_THAN);
            } else {
                out.write(character);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int written = offset;
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '<') {
                    out.write(bytes, written, i - written);
                    out.write(LESS_THAN);
                    written = i + 1;
                }
            }
            out.write(bytes, written, offset + length - written);
        }
    }
}
