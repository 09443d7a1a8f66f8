package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.report.Examples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShellTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "org.tally.Sort.quick | org.tally.Sort.quick",
                "a/b:c,d+e=f-g | a/b:c,d+e=f-g",
                "\"\" | ''",
                "Sort {n=1000} | 'Sort {n=1000}'",
                "it's | 'it'\\''s'",
                "$HOME | '$HOME'",
                "a*b? | 'a*b?'",
                "~root | '~root'",
                "!! | '!!'",
                "漢字 | '漢字'",
            })
    void a_name_is_quoted_where_a_shell_would_change_it(String name, String quoted) {
        assertThat(ShellText.quoted(name)).isEqualTo(quoted);
    }

    @Test
    void an_equals_sign_at_the_beginning_is_no_command_s_path_in_zsh() {
        assertThat(ShellText.quoted("=ls")).isEqualTo("'=ls'");
    }

    @Test
    void what_cannot_be_seen_is_written_as_bytes() {
        assertThat(ShellText.quoted("a\nb")).isEqualTo("$'a\\x0ab'");
        assertThat(ShellText.quoted("\u001b[31m'\\")).isEqualTo("$'\\x1b[31m\\'\\\\'");
        assertThat(ShellText.quoted("x\u202e")).isEqualTo("$'x\\xe2\\x80\\xae'");
    }

    @Test
    void what_looks_like_an_option_stands_behind_two_dashes() {
        assertThat(ShellText.command("plumb explain", List.of("-rf"))).isEqualTo("plumb explain -- -rf");
        assertThat(ShellText.command("plumb series rename", List.of("a", "-b")))
                .isEqualTo("plumb series rename -- a -b");
        assertThat(ShellText.command("plumb explain", List.of("a-b"))).isEqualTo("plumb explain a-b");
    }

    @Test
    void in_ascii_a_command_means_what_it_meant() {
        assertThat(ShellText.ascii("plumb explain '漢' · 'a b'")).startsWith("plumb explain $'\\xe6\\xbc\\xa2' ");
        assertThat(ShellText.ascii("plumb explain 'a b' c")).isEqualTo("plumb explain 'a b' c");
        assertThat(ShellText.ascii("plumb explain 'it'\\''s µ'"))
                .isEqualTo("plumb explain 'it'\\''s µ'".replace("'s µ'", "$'s \\xc2\\xb5'"));
        assertThat(ShellText.ascii("plumb explain $'a\\'b'")).isEqualTo("plumb explain $'a\\'b'");
    }

    private static Stream<String> names() {
        return Stream.concat(
                Examples.HOSTILE.stream().filter(name -> !name.contains("\uD800 ")),
                Stream.of("", "=x", "-n", "it's 'µ'", "\\", "a\\'b", "`id`", "$(id)", "é'é", "'", "''"));
    }

    /** The shell itself says what it was given, between brackets. */
    @ParameterizedTest
    @MethodSource("names")
    void bash_takes_the_name_for_what_it_is_in_both_forms(String name) throws IOException, InterruptedException {
        Path bash = Path.of("/bin/bash");
        assumeThat(bash).exists();
        String command = "printf '[%s]' " + ShellText.quoted(name);
        for (String line : List.of(command, ShellText.ascii(command))) {
            assertThat(output(bash, line)).as(line).isEqualTo("[" + name + "]");
        }
        assertThat(ShellText.ascii(command).chars()).allMatch(character -> character < 0x7F);
    }

    private static String output(Path shell, String line) throws IOException, InterruptedException {
        Path script = Files.createTempFile("shell-text", ".sh");
        try {
            Files.writeString(script, line, StandardCharsets.UTF_8);
            List<String> command = new ArrayList<>(List.of(shell.toString(), "--norc", script.toString()));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } finally {
            Files.delete(script);
        }
    }
}
