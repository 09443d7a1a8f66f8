package dev.plumbline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.plumbline.publish.alert.Alerts;
import dev.plumbline.publish.http.Patience;
import dev.plumbline.report.Report;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailAlertsTest {
    @TempDir
    private Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void start() {
        server.start();
        server.setUser("perf@example.org", "perf", "secret/secret");
        variables.put(
                "PLUMB_SMTP_URL",
                "smtp://perf:secret%2Fsecret@127.0.0.1:" + server.getSmtp().getPort());
        variables.put("PLUMB_MAIL_FROM", "Plumbline <perf@example.org>");
        variables.put("PLUMB_MAIL_TO", "ann@example.org, bob@example.org");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Delivery publish(Report report) throws InterruptedException {
        return Alerts.named("mail", variables, folder.resolve("published.json"), Patience.of(Clock.systemUTC()))
                .orElseThrow()
                .publish(Reports.publication(report));
    }

    private List<MimeMessage> received() {
        return List.of(server.getReceivedMessages());
    }

    private static String part(MimeMessage message, int index) throws Exception {
        return (String)
                ((MimeMultipart) message.getContent()).getBodyPart(index).getContent();
    }

    @Test
    void a_failure_and_its_recovery_are_one_thread_as_text_and_html() throws Exception {
        assertThat(publish(Reports.regression()).done())
                .containsExactly("reported that the gate fails, with 1 new reason");
        assertThat(publish(Reports.regression()).done())
                .containsExactly("no message: every reason was reported before");
        assertThat(publish(Reports.clean()).done()).containsExactly("reported that the gate passes again");

        assertThat(received()).hasSize(4); // two messages to two people
        MimeMessage first = received().get(0);
        MimeMessage last = received().get(3);
        assertThat(first.getSubject()).isEqualTo("❌ Plumbline: gate fails on feature");
        assertThat(part(first, 0)).contains("decode time regressed by +25.0 %", "commit 5f6a7b8c9d");
        assertThat(part(first, 1)).contains("<li>decode time regressed by +25.0 %");
        assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(last.getSubject()).isEqualTo("✅ Plumbline: gate passes again on feature");
        assertThat(last.getHeader("References")).containsExactly(first.getMessageID());
        assertThat(last.getMessageID()).isNotEqualTo(first.getMessageID());
        assertThat(first.getMessageID()).startsWith("<plumbline.").endsWith("@example.org>");
    }

    @Test
    void hostile_names_are_text_and_no_header() throws Exception {
        publish(Reports.hostile());

        MimeMessage message = received().get(0);
        assertThat(part(message, 1)).contains("&lt;script&gt;").doesNotContain("<script", "\u001b", "\u202e");
        assertThat(part(message, 0)).doesNotContain("\u001b", "\u202e");
        assertThat(message.getSubject().lines()).hasSize(1);
    }

    @Test
    void a_password_that_is_refused_is_not_repeated() throws Exception {
        String address = "127.0.0.1:" + server.getSmtp().getPort();
        server.setUser("other@example.org", "other", "right");
        variables.put("PLUMB_SMTP_URL", "smtp://other:wrong-secret@" + address);

        assertThat(publish(Reports.regression()).failed())
                .containsExactly("the mail server " + address + " rejects user or password of PLUMB_SMTP_URL");
        assertThat(received()).isEmpty();
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
        variables.put("PLUMB_SMTP_URL", "smtps://127.0.0.1:" + server.getSmtps().getPort());

        assertThat(publish(Reports.regression()).failed())
                .hasSize(1)
                .allMatch(text -> text.contains("did not take the message"));
        assertThat(received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@mail.example.org",
                "smtp://user:se cret@mail.example.org",
                "mail.example.org:25",
                "smtp:///path",
                "smtp://mail.example.org/path",
                "smtp://user:s#cret@mail.example.org",
                "smtp://user:s@cret@mail.example.org"
            })
    void an_address_of_something_else_is_an_error_that_does_not_repeat_it(String address) throws Exception {
        variables.put("PLUMB_SMTP_URL", address);

        assertThat(publish(Reports.regression()).failed())
                .hasSize(1)
                .allMatch(text -> text.startsWith("PLUMB_SMTP_URL is not a URL such as smtp://"))
                .noneMatch(text -> text.contains("cret@mail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ann@example.org\nBcc: eve@example.org", "<>", ","})
    void a_receiver_is_an_address_and_nothing_else(String to) throws Exception {
        variables.put("PLUMB_MAIL_TO", to);

        assertThat(publish(Reports.regression()).failed())
                .containsExactly("PLUMB_MAIL_TO is not an address such as perf@example.org");
        assertThat(received()).isEmpty();
    }
}
