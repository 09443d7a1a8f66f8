package dev.plumbline.maven;

import dev.plumbline.buildtool.PlumbCall;
import dev.plumbline.buildtool.Words;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** A goal that is one command on the history of the whole build. */
abstract class CommandMojo extends PlumbMojo {
    /** The command and its arguments, without those that the user adds. */
    abstract List<String> command() throws MojoExecutionException;

    @Override
    final void work() throws MojoExecutionException, MojoFailureException {
        List<String> words = new ArrayList<>(command());
        words.addAll(arguments());
        PlumbCall.Answer answer = plumb(words);
        answer.out().forEach(getLog()::info);
        settle(answer, answer.out().isEmpty() ? "the gate fails" : answer.out().get(0));
    }

    /** @throws MojoExecutionException that names the property where it is not set */
    static String required(String property, String value, String example) throws MojoExecutionException {
        if (value == null || value.isBlank()) {
            throw new MojoExecutionException(
                    property + " is not set; give it as -D" + property + "=" + Words.quoted(example));
        }
        return value;
    }
}
