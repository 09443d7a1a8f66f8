package dev.plumbline.report.html;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.CommitAuthors;
import dev.plumbline.report.CommitTitle;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.terminal.TerminalText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The frame around a page's contents.
 *
 * @param forge where commits can be looked at, if that is known
 * @param project the name of the repository; empty text where there is none
 * @param titles authors and messages by the commit's id as runs name it; a commit that is not there has none
 * @param links the pages that lie beside it, itself among them; empty for a standalone page
 */
public record PageFrame(Optional<Forge> forge, String project, Map<String, CommitTitle> titles, List<Link> links) {
    /** An empty frame. */
    public static final PageFrame NONE = new PageFrame(Optional.empty(), List.of());

    private static final int CHARACTERS = 200;

    public PageFrame {
        requireNonNull(forge, "forge");
        requireNonNull(project, "project");
        titles = Map.copyOf(titles);
        links = List.copyOf(links);
    }

    /** The frame of a project without a name, whose commits are unknown. */
    public PageFrame(Optional<Forge> forge, List<Link> links) {
        this(forge, "", Map.of(), links);
    }

    /**
     * A page in the same folder.
     *
     * @param title what it shows
     * @param file its name; plain letters and a dot
     */
    public record Link(String title, String file) {
        public Link {
            requireNonNull(title, "title");
            if (!file.matches("[a-z0-9-]+\\.html")) {
                throw new IllegalArgumentException("no name of a page: " + file);
            }
        }
    }

    /** The same frame of a page that lies beside others. */
    public PageFrame withLinks(List<Link> beside) {
        return new PageFrame(forge, project, titles, beside);
    }

    /** The title of a run's commit: the repository's, else the one that came with the results; else empty texts. */
    CommitTitle title(RunInfo run) {
        CommitTitle known =
                titles.get(Revision.committed(run.header().revision().commit()));
        if (known == null) {
            Map<String, String> context = run.header().context();
            known = new CommitTitle(
                    context.getOrDefault(RunHeader.COMMIT + "author", ""),
                    context.getOrDefault(RunHeader.COMMIT + "message", ""));
        }
        return new CommitTitle(CommitAuthors.name(known.author()), shown(known.subject()));
    }

    /** The first line of a text, which may be a whole message. */
    private static String shown(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > CHARACTERS ? TerminalText.start(line, CHARACTERS) + "…" : line;
    }

    void write(JsonText json) {
        forge.ifPresent(known -> json.text("forge", known.commits()));
        if (!project.isEmpty()) {
            json.text("project", shown(project));
        }
        if (!links.isEmpty()) {
            json.array("links", links, link -> {
                json.startArray();
                json.text(link.title());
                json.text(link.file());
                json.endArray();
            });
        }
    }
}
