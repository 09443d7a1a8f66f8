package dev.plumbline.server;

import dev.plumbline.report.format.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** The log of a server: a line of JSON for each request and each failure, robust against untrusted text. */
public final class ServerLog {
    /** Held, so that their levels stay. */
    private static final List<Logger> LIBRARIES = List.of(
            Logger.getLogger("io.javalin"),
            Logger.getLogger("org.eclipse.jetty"),
            Logger.getLogger("com.zaxxer.hikari"));

    private static final List<String> OF_REQUEST = List.of("method", "route", "status", "seconds", "caller");

    private ServerLog() {}

    /** Sends the log of this process there; of libraries warnings only. */
    public static void writeTo(OutputStream out) {
        LogManager.getLogManager().reset();
        LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
        Logger.getLogger("").addHandler(new LineByLine(out));
    }

    /** Every line is out before the next thing happens. */
    private static final class LineByLine extends StreamHandler {
        LineByLine(OutputStream out) {
            super(out, new Lines());
            setLevel(Level.INFO);
        }

        @Override
        public synchronized void publish(LogRecord line) {
            super.publish(line);
            flush();
        }
    }

    /** One object a line. */
    static final class Lines extends Formatter {
        @Override
        public String format(LogRecord line) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                JsonText.line(out, json -> json.object(() -> write(line, json)));
            } catch (IOException e) {
                throw new UncheckedIOException(e); // memory does not fail
            }
            return out.toString(StandardCharsets.UTF_8);
        }

        private void write(LogRecord line, JsonText json) {
            json.text("at", line.getInstant().toString());
            json.text("level", line.getLevel().getName());
            json.text("logger", String.valueOf(line.getLoggerName()));
            Object[] values = line.getParameters();
            if (values != null && values.length == OF_REQUEST.size()) {
                json.text("message", line.getMessage());
                for (int i = 0; i < values.length; i++) {
                    json.text(OF_REQUEST.get(i), String.valueOf(values[i]));
                }
            } else {
                json.text("message", formatMessage(line));
            }
            if (line.getThrown() != null) {
                json.text("failure", trace(line.getThrown()));
            }
        }

        private static String trace(Throwable thrown) {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }
}
