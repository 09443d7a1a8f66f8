package dev.plumbline.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.Plumb;
import dev.plumbline.server.RunningServer;
import dev.plumbline.server.RunningServer.Answer;
import dev.plumbline.server.command.ConfinedCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What a server does when it starts, for those who come first. */
class WarmServerTest extends ServedProject {
    private final Queue<List<String>> commands = new ConcurrentLinkedQueue<>();

    @Override
    int run(ConfinedCommand command) {
        commands.add(command.arguments());
        return Plumb.answer(command);
    }

    private boolean hasDashboard() {
        return commands.stream().anyMatch(command -> command.get(0).equals("dashboard"));
    }

    private void upload(String commit) {
        Answer answer = ci.send(
                "POST",
                FAST + "/runs?name=r.csv&environment=lab&branch=main&commit=" + commit.repeat(40),
                "benchmark,value,unit\nsort,100,ns\n",
                "Content-Type",
                "application/octet-stream");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void pages_that_people_looked_at_are_computed_after_a_start_before_somebody_asks() throws Exception {
        upload("a");
        assertThat(root.get("/p/acme/fast/").status()).isEqualTo(200);
        upload("b");
        server.close(); // before it has computed the page again
        commands.clear();

        server = new RunningServer(folder, Optional.empty(), this::run);

        assertThat(server.nobody().get("/readyz").text()).isEqualTo("ready\n");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!hasDashboard()) {
            assertThat(System.nanoTime()).as("the dashboard is computed").isLessThan(end);
            Thread.sleep(50);
        }
    }
}
