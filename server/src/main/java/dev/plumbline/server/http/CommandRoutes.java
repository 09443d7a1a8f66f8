package dev.plumbline.server.http;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.server.command.CommandExecution;
import dev.plumbline.server.command.CommandRefused;
import dev.plumbline.server.command.ConfinedCommand;
import dev.plumbline.server.command.MalformedPacket;
import dev.plumbline.server.people.Identity;
import dev.plumbline.server.people.Project;
import dev.plumbline.server.project.CommandQueue;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Command lines that were typed on other machines. */
final class CommandRoutes implements Routes {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Of a call, packed and unpacked. */
    private static final long MOST_BYTES = 2L << 30;

    private final Services services;
    private final Access access;
    private final ConfinedCommand.Program program;
    private final CommandQueue queue;

    CommandRoutes(Services services, ConfinedCommand.Program program, CommandQueue queue) {
        this.services = services;
        this.program = program;
        this.queue = queue;
        access = new Access(services);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(PROJECT + "/commands", this::run);
    }

    private void run(Context context) throws IOException, InterruptedException {
        Project project = access.memberOf(context);
        Identity identity = Authentication.identity(context);
        // received before a place is taken: a slow client keeps nobody waiting
        try (Scratch scratch = Scratch.in(services.histories().scratch())) {
            Path received = receive(context, scratch);
            try (CommandQueue.Place place = queue.take();
                    InputStream call = Files.newInputStream(received);
                    CommandExecution execution = CommandExecution.run(
                            call,
                            new CommandExecution.Member(
                                    identity.actor(), services.projects().rights(identity, project)),
                            services.histories().forCommands(project),
                            new CommandExecution.Settings(
                                    program, services.histories().scratch(), services.clock(), MOST_BYTES))) {
                audit(identity, project, execution);
                context.status(200).contentType("application/zip");
                try (OutputStream out = new BufferedOutputStream(context.outputStream(), 1 << 16)) {
                    execution.writeTo(out);
                }
            }
        } catch (CommandQueue.Full e) {
            throw Problem.unavailable("too many commands wait already", SOON);
        } catch (MalformedPacket e) {
            throw CommitRoutes.refused(e);
        } catch (CommandRefused e) {
            services.audit()
                    .refused(identity, Optional.of(project.organisation()), "command", project.path(), e.getMessage());
            throw Problem.of(Problem.Kind.FORBIDDEN, e.getMessage());
        }
    }

    private static Path receive(Context context, Scratch scratch) throws IOException {
        Path file = scratch.folder().resolve("call.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            InputStream body = context.bodyInputStream();
            byte[] piece = new byte[1 << 16];
            long bytes = 0;
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                bytes += read;
                if (bytes > MOST_BYTES) {
                    throw Problem.of(Problem.Kind.TOO_LARGE, "a call has at most 2 GiB");
                }
                out.write(piece, 0, read);
            }
        }
        return file;
    }

    /** Looking on leaves no trace; deciding does. */
    private void audit(Identity identity, Project project, CommandExecution execution) {
        execution.decision().ifPresent(decision -> services.audit()
                .done(
                        identity,
                        Optional.of(project.organisation()),
                        "command." + decision,
                        project.path() + ": exit code " + execution.exitCode()));
    }
}
