package dev.plumbline.publish.alert;

import static java.util.Objects.requireNonNull;

import dev.plumbline.publish.PublishFailure;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.report.format.HtmlText;
import dev.plumbline.report.terminal.TerminalText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Mail, as text and HTML. From the first failure of the gate to its recovery all messages are one thread (RFC 5322,
 * section 3.6.4).
 */
final class MailSink implements AlertSink {
    private static final String SERVER = "PLUMB_SMTP_URL";
    private static final String FROM = "PLUMB_MAIL_FROM";
    private static final String TO = "PLUMB_MAIL_TO";
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Map<String, String> variables;
    private final Patience patience;

    MailSink(Map<String, String> variables, Patience patience) {
        this.variables = Map.copyOf(variables);
        this.patience = requireNonNull(patience, "patience");
    }

    @Override
    public void send(Alert alert) throws PublishFailure {
        MailServer server = MailServer.of(SERVER, set(SERVER, "the server, smtp://user:password@mail.example.org:587"));
        InternetAddress from = addresses(FROM, set(FROM, "the sender's address"))[0];
        InternetAddress[] to = addresses(TO, set(TO, "the receivers' addresses, separated by commas"));
        Properties settings = server.settings(patience.request());
        Session session = Session.getInstance(settings);
        try (Transport transport = session.getTransport(server.protocol())) {
            MimeMessage message = message(session, alert, from, to);
            transport.connect(
                    server.host(),
                    server.port(),
                    server.user().isEmpty() ? null : server.user(),
                    server.user().isEmpty() ? null : server.password());
            transport.sendMessage(message, to);
        } catch (AuthenticationFailedException e) {
            throw new PublishFailure("the mail server " + server + " rejects user or password of " + SERVER);
        } catch (MessagingException e) {
            throw new PublishFailure("the mail server " + server + " did not take the message: " + stated(e, server));
        }
    }

    private String set(String variable, String what) throws PublishFailure {
        String value = variables.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            throw new PublishFailure(variable + " is not set; set it to " + what);
        }
        return value;
    }

    private static InternetAddress[] addresses(String variable, String value) throws PublishFailure {
        try {
            InternetAddress[] addresses = InternetAddress.parse(value, true);
            for (InternetAddress address : addresses) {
                address.validate();
                if (address.getAddress().indexOf('@') < 0) {
                    throw new AddressException("no host");
                }
            }
            if (addresses.length > 0) {
                return addresses;
            }
        } catch (AddressException e) {
            // as none
        }
        throw new PublishFailure(variable + " is not an address such as perf@example.org");
    }

    private MimeMessage message(Session session, Alert alert, InternetAddress from, InternetAddress[] to)
            throws MessagingException {
        String domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        String first = "<plumbline." + alert.thread() + "@" + domain + ">";
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader(
                        "Message-ID", alert.isFirst() ? first : "<plumbline." + UUID.randomUUID() + "@" + domain + ">");
            }
        };
        AlertText text = AlertText.of(alert);
        message.setFrom(from);
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(AlertText.sign(alert.kind()) + " " + text.title(), UTF_8);
        message.setSentDate(Date.from(patience.clock().instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (!alert.isFirst()) {
            message.setHeader("In-Reply-To", first);
            message.setHeader("References", first);
        }
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text.plain() + "\n", UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(html(text), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        return message;
    }

    private static String html(AlertText text) {
        String reasons = text.reasons().stream()
                .map(reason -> "<li>" + HtmlText.escape(reason) + "</li>")
                .collect(Collectors.joining());
        return "<!DOCTYPE html><html><body style=\"font-family: sans-serif\"><h2>" + HtmlText.escape(text.title())
                + "</h2><p>" + HtmlText.escape(text.summary()) + "</p>"
                + (reasons.isEmpty() ? "" : "<ul>" + reasons + "</ul>")
                + (text.more().isEmpty()
                        ? ""
                        : "<p>" + HtmlText.escape(text.more()).replace("\n", "<br>") + "</p>")
                + "<p>" + HtmlText.escape(text.commit())
                + text.link()
                        .map(uri -> ", <a href=\"" + HtmlText.escape(uri.toString()) + "\">full report</a>")
                        .orElse("")
                + "</p></body></html>";
    }

    /** The server's words, on a line and without the password. */
    private static String stated(MessagingException e, MailServer server) {
        String words = String.valueOf(e.getMessage());
        Exception cause = e.getNextException();
        String both = cause == null ? words : words + "; " + cause.getMessage();
        String safe = server.password().isEmpty() ? both : both.replace(server.password(), "•••");
        return TerminalText.shorten(TerminalText.escape(safe.strip().replaceAll("[\\r\\n]+", " ")), 300, "…");
    }
}
