package dev.plumbline.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.terminal.TextStyle;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void only_a_terminal_of_another_character_set_than_utf_8_gets_ascii() {
        assertThat(style(true, Map.of("PLUMB_CHARSET", "ascii")).unicode()).isFalse();
        assertThat(style(true, Map.of()).unicode()).isTrue();
        assertThat(style(false, Map.of("PLUMB_CHARSET", "ascii")).unicode())
                .as("files and pipes are UTF-8")
                .isTrue();
    }

    @Test
    void colour_is_for_terminals_that_want_it() {
        assertThat(style(true, Map.of("TERM", "xterm")).colour()).isTrue();
        assertThat(style(true, Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(style(true, Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(style(false, Map.of()).colour()).isFalse();
    }

    private static TextStyle style(boolean isTerminal, Map<String, String> variables) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Terminal(
                        InputStream.nullInputStream(),
                        nowhere,
                        nowhere,
                        Path.of(""),
                        variables,
                        Clock.systemUTC(),
                        isTerminal,
                        isTerminal,
                        40)
                .style(Terminal.Colour.AUTO, false);
    }
}
