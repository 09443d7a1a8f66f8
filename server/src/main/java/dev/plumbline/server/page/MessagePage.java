package dev.plumbline.server.page;

import dev.plumbline.report.format.HtmlText;
import java.util.Optional;

/** A page with a single message: an error, or a secret that is shown once. */
public final class MessagePage {
    private MessagePage() {}

    /** The page that a reader came from. */
    public enum Back {
        SETTINGS("settings"),
        WEBHOOKS("webhooks"),
        REPOSITORY("repository");

        private final String page;

        Back(String page) {
            this.page = page;
        }

        private void link(HtmlText html, Tabs tabs) {
            html.element("p", () -> html.element("a", "Back to the " + page, "href", tabs.address(page)));
        }
    }

    /** The page with the reason why there is none. */
    public static String problem(Layout layout, String title, String detail) {
        return layout.page(title, html -> {
            html.element("h1", title);
            html.element("p", Forms.sentence(detail));
            html.element("p", () -> {
                html.element("a", "All projects", "href", "/");
                if (layout.account().isEmpty()) {
                    html.text(" · ").element("a", "Sign in", "href", SignInPage.address(layout.path()));
                }
            });
        });
    }

    /** Something that takes long; the page asks for it again. */
    public static String waiting(Layout layout, Tabs tabs) {
        return layout.waiting("Computing · " + tabs.path(), tabs, html -> {
            html.element("h1", "Computing this page");
            html.element("p", "The history is large, or the server is busy. The page appears when it is ready.");
        });
    }

    /** The output of a command, with the way back to the settings. */
    public static String words(Layout layout, Tabs tabs, String title, String words) {
        return layout.page(title + " · " + tabs.path(), tabs, html -> {
            html.element("h1", title);
            html.element("pre", words, "tabindex", "0");
            Back.SETTINGS.link(html, tabs);
        });
    }

    /**
     * The page with a secret that is shown only once.
     *
     * @param what it is, as a title
     * @param secret the text itself
     * @param next what to do with it, a line each
     * @param code lines to copy; none when empty
     * @param back from which page it comes
     */
    public static String secret(
            Layout layout, Tabs tabs, String what, String secret, String next, Optional<String> code, Back back) {
        return layout.page(what, tabs, html -> {
            html.element("h1", what);
            html.element("p", "Copy it now: it is shown only once.");
            html.element("code", secret, "class", "secret", "id", "secret");
            html.element(
                    "p", () -> html.element("button", "Copy", "type", "button", "data-copy", "secret", "hidden", ""));
            html.element("p", next);
            code.ifPresent(lines -> html.element("pre", lines, "tabindex", "0"));
            back.link(html, tabs);
        });
    }
}
