package dev.plumbline.server.page;

import dev.plumbline.report.format.HtmlText;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page written by a command, with its own style and script. It is shown as it is, below a bar that leads
 * to the other pages. Its policy becomes the header of the answer: exactly its own script and style run, and the style
 * of the bar.
 */
public final class ReportFile implements Closeable {
    /** The style is in it. */
    private static final int LONGEST_HEAD = 1 << 20;

    private static final String BODY = "<body>\n";
    private static final String DIGEST = "sha256-[A-Za-z0-9+/]{43}=";
    private static final Pattern POLICY = Pattern.compile(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '(" + DIGEST
                    + ")'; style-src '(" + DIGEST
                    + ")'; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n");

    private final String policy;
    private final InputStream content;

    private ReportFile(String policy, InputStream content) {
        this.policy = policy;
        this.content = content;
    }

    /**
     * Opens one.
     *
     * @param current which of the tabs it belongs to
     * @param asOf when it was computed, where it is old
     * @throws IOException if it cannot be read, or is none
     */
    public static ReportFile open(Path file, Tabs current, boolean isSignedIn, Optional<Instant> asOf)
            throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            String head = head(in);
            Matcher own = POLICY.matcher(head);
            if (!own.find()) {
                throw new IOException(file.getFileName() + " has no policy of a page");
            }
            String policy = "default-src 'none'; script-src '" + own.group(1) + "'; style-src '" + own.group(2) + "' '"
                    + Assets.BAR.hash() + "'; img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors"
                    + " 'none'";
            String shown = own.replaceFirst("")
                    .replaceFirst("<title>", "<title>" + Matcher.quoteReplacement(current.path()) + " · ")
                    .replace("</head>", "<style>" + Assets.BAR.content() + "</style>\n</head>")
                    .replace(BODY, BODY + bar(current, isSignedIn, asOf));
            return new ReportFile(
                    policy,
                    new SequenceInputStream(new ByteArrayInputStream(shown.getBytes(StandardCharsets.UTF_8)), in));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The page before the body; the data, which are untrusted, are behind it. */
    private static String head(InputStream in) throws IOException {
        byte[] end = BODY.getBytes(StandardCharsets.US_ASCII);
        byte[] head = new byte[LONGEST_HEAD];
        int length = 0;
        int matched = 0;
        byte[] one = new byte[1];
        while (matched < end.length) {
            if (length == LONGEST_HEAD || in.read(one) < 0) {
                throw new IOException("a page has no body");
            }
            head[length++] = one[0];
            matched = one[0] == end[matched] ? matched + 1 : one[0] == end[0] ? 1 : 0;
        }
        return new String(head, 0, length, StandardCharsets.UTF_8);
    }

    private static String bar(Tabs current, boolean isSignedIn, Optional<Instant> asOf) {
        HtmlText html = new HtmlText();
        html.element(
                "nav",
                () -> {
                    current.writeBar(html);
                    html.element(
                            "a",
                            isSignedIn ? "Account" : "Sign in",
                            "class",
                            "who",
                            "href",
                            isSignedIn ? "/account" : SignInPage.address(current.address("")));
                },
                "class",
                "plumbline-bar",
                "aria-label",
                "Plumbline");
        asOf.ifPresent(time -> html.element("p", Words.asOf(time), "class", "plumbline-bar", "role", "status"));
        return html + "\n";
    }

    /** The header {@code Content-Security-Policy}. */
    public String policy() {
        return policy;
    }

    /** The page; it is closed with this. */
    public InputStream content() {
        return content;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
