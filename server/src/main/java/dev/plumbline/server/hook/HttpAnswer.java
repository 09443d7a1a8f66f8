package dev.plumbline.server.hook;

import dev.plumbline.publish.http.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an answer of HTTP/1.1, the last one of its connection, in limited memory. */
final class HttpAnswer {
    private static final int MOST_HEAD = 16 << 10;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: .*)?");
    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?");

    private final InputStream in;
    private int left = MOST_HEAD;

    private HttpAnswer(InputStream in) {
        this.in = in;
    }

    /** The first status that is not provisional; what follows is not read. */
    static int status(InputStream in) throws IOException {
        return new HttpAnswer(in).status();
    }

    /** The whole answer. */
    static Transport.Response whole(InputStream in, int mostBytes) throws IOException {
        HttpAnswer answer = new HttpAnswer(in);
        int status = answer.status();
        Map<String, String> headers = new HashMap<>();
        for (String header = answer.line(); !header.isEmpty(); header = answer.line()) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
        }
        boolean hasBody = status != NO_CONTENT && status != NOT_MODIFIED;
        return new Transport.Response(status, headers, hasBody ? answer.body(headers, mostBytes) : new byte[0]);
    }

    private int status() throws IOException {
        while (true) {
            Matcher matcher = STATUS.matcher(line());
            if (!matcher.matches()) {
                throw new IOException("the answer is not HTTP/1.1");
            }
            int status = Integer.parseInt(matcher.group(1));
            if (status >= 200) {
                return status;
            }
            String header = line();
            while (!header.isEmpty()) {
                header = line();
            }
        }
    }

    private byte[] body(Map<String, String> headers, int mostBytes) throws IOException {
        String encoding = headers.getOrDefault("transfer-encoding", "");
        String length = headers.get("content-length");
        if (encoding.equalsIgnoreCase("chunked")) {
            return chunks(mostBytes);
        }
        if (!encoding.isEmpty()) {
            throw new IOException("the answer has an unknown encoding");
        }
        if (length == null) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            requireFew(bytes.length, mostBytes);
            return bytes;
        }
        if (!length.matches("\\d{1,10}")) {
            throw new IOException("the length of the answer is no number");
        }
        requireFew(Long.parseLong(length), mostBytes);
        return exactly(Integer.parseInt(length));
    }

    private byte[] chunks(int mostBytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            left = MOST_HEAD;
            Matcher size = HEX.matcher(line());
            if (!size.matches()) {
                throw new IOException("a part of the answer has no length");
            }
            long bytes = Long.parseLong(size.group(1), 16);
            if (bytes == 0) {
                return all.toByteArray();
            }
            requireFew(all.size() + bytes, mostBytes);
            all.writeBytes(exactly((int) bytes));
            line();
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the answer is cut off");
        }
        return bytes;
    }

    private static void requireFew(long bytes, int most) throws IOException {
        if (bytes > most) {
            throw new IOException("the answer has more than " + (most >> 20) + " MiB");
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the answer is cut off");
            }
            if (line.length() >= left) {
                throw new IOException("the header of the answer is too long");
            }
            line.append((char) next);
        }
        left -= line.length();
        return line.toString().replaceFirst("\r$", "");
    }
}
