package dev.plumbline.publish.alert;

import dev.plumbline.publish.PublishFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/**
 * A server that takes mail, from an address: {@code smtp://user:password@host:587}, which has to offer STARTTLS unless
 * it is this machine, or {@code smtps://…:465}, encrypted from the first byte.
 *
 * @param user empty where none is needed
 */
record MailServer(boolean isEncryptedFirst, String host, int port, String user, String password) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_ENCRYPTED = 465;

    /**
     * @param variable the environment variable that holds it, for messages, which do not repeat it
     * @throws PublishFailure if it is no such address
     */
    static MailServer of(String variable, String value) throws PublishFailure {
        try {
            URI address = new URI(value);
            String scheme = String.valueOf(address.getScheme());
            String path = String.valueOf(address.getRawPath());
            boolean isMail = scheme.equals("smtp") || scheme.equals("smtps");
            boolean isWhole = address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && value.indexOf('@') == value.lastIndexOf('@');
            if (isMail && isWhole && address.getHost() != null && (path.isEmpty() || path.equals("/"))) {
                boolean isFirst = scheme.equals("smtps");
                String[] user = address.getRawUserInfo() == null
                        ? new String[] {"", ""}
                        : (address.getRawUserInfo() + ":").split(":", 3);
                return new MailServer(
                        isFirst,
                        address.getHost(),
                        address.getPort() < 0 ? isFirst ? SUBMISSION_ENCRYPTED : SUBMISSION : address.getPort(),
                        decoded(user[0]),
                        decoded(user[1]));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // as an address of something else
        }
        throw new PublishFailure(
                variable + " is not a URL such as smtp://user:password@mail.example.org:587; write special"
                        + " characters of the password as %40");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The settings of Jakarta Mail. Certificates are checked, and that they are of this host. */
    Properties settings(Duration longest) {
        String protocol = "mail." + protocol() + ".";
        Properties settings = new Properties();
        settings.put("mail.transport.protocol", protocol());
        settings.put(protocol + "host", host);
        settings.put(protocol + "port", String.valueOf(port));
        settings.put(protocol + "auth", String.valueOf(!user.isEmpty()));
        settings.put(protocol + "starttls.enable", "true");
        settings.put(protocol + "starttls.required", String.valueOf(!isEncryptedFirst && !isThisMachine()));
        settings.put(protocol + "ssl.checkserveridentity", "true");
        settings.put(protocol + "sendpartial", "true");
        for (String limit : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            settings.put(protocol + limit, String.valueOf(longest.toMillis()));
        }
        return settings;
    }

    String protocol() {
        return isEncryptedFirst ? "smtps" : "smtp";
    }

    private boolean isThisMachine() {
        return THIS_MACHINE.contains(host);
    }

    @Override
    public String toString() {
        return host + ":" + port; // no password
    }
}
