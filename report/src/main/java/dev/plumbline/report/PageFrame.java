package dev.plumbline.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What is around a page's contents.
 *
 * @param forge where commits can be looked at, if that is known
 * @param links the pages that lie beside it, itself among them; empty for a page that stands alone
 */
public record PageFrame(Optional<Forge> forge, List<Link> links) {
    /** Nothing around it. */
    public static final PageFrame NONE = new PageFrame(Optional.empty(), List.of());

    public PageFrame {
        requireNonNull(forge, "forge");
        links = List.copyOf(links);
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
        return new PageFrame(forge, beside);
    }

    void write(JsonText json) {
        forge.ifPresent(known -> json.text("forge", known.commits()));
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
