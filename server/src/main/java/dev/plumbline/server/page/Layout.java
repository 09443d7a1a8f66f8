package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.HtmlText;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The frame around every page.
 *
 * @param account the signed-in account; empty if there is none
 * @param path where the page is, to come back to after signing in
 * @param message the result of the last action
 * @param now the time
 */
public record Layout(Optional<String> account, String path, Optional<String> message, Instant now) {
    public Layout {
        requireNonNull(account, "account");
        requireNonNull(path, "path");
        requireNonNull(message, "message");
        requireNonNull(now, "now");
    }

    /** The interval in which a waiting page is requested again. */
    private static final String AGAIN_SECONDS = "3";

    /**
     * The same around what was computed earlier.
     *
     * @param time when; empty where it is as things are now
     */
    public Layout asOf(Optional<Instant> time) {
        return time.isEmpty()
                ? this
                : new Layout(
                        account,
                        path,
                        Optional.of(message.map(text -> text + " ").orElse("") + Words.asOf(time.get())),
                        now);
    }

    /** A page of the server. */
    String page(String title, Consumer<HtmlText> content) {
        return write(title, Optional.empty(), "wide", false, content);
    }

    /** A page with one form. */
    String form(String title, Consumer<HtmlText> content) {
        return write(title, Optional.empty(), "narrow", false, content);
    }

    /** A page that shows itself again soon, as long as something is not known yet. */
    String page(String title, boolean waits, Consumer<HtmlText> content) {
        return write(title, Optional.empty(), "wide", waits, content);
    }

    /** The same of a project. */
    String waiting(String title, Tabs tabs, Consumer<HtmlText> content) {
        return write(title, Optional.of(tabs), "wide", true, content);
    }

    /** A page of a project. */
    String page(String title, Tabs tabs, Consumer<HtmlText> content) {
        return write(title, Optional.of(tabs), "wide", false, content);
    }

    private String write(String title, Optional<Tabs> tabs, String width, boolean waits, Consumer<HtmlText> content) {
        HtmlText html = new HtmlText();
        html.element(
                "html",
                () -> {
                    html.element("head", () -> head(html, title, waits));
                    html.element("body", () -> {
                        html.element("a", "Skip to the content", "class", "skip", "href", "#content");
                        html.element("header", () -> html.element("div", () -> header(html, tabs), "class", "inner"));
                        tabs.ifPresent(known -> known.write(html));
                        html.element(
                                "main",
                                () -> {
                                    message.ifPresent(text -> html.element(
                                            "div",
                                            () -> html.element("p", text),
                                            "class",
                                            "message",
                                            "role",
                                            "status"));
                                    content.accept(html);
                                },
                                "id",
                                "content",
                                "class",
                                width);
                    });
                },
                "lang",
                "en");
        return "<!doctype html>\n" + html + "\n";
    }

    private static void head(HtmlText html, String title, boolean waits) {
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        if (waits) {
            html.empty("meta", "http-equiv", "refresh", "content", AGAIN_SECONDS);
        }
        html.empty("link", "rel", "icon", "href", "data:,");
        html.element("title", title + " · Plumbline");
        html.empty("link", "rel", "stylesheet", "href", Assets.STYLE.address());
        html.element("script", "", "src", Assets.SCRIPT.address(), "defer", "");
    }

    private void header(HtmlText html, Optional<Tabs> tabs) {
        html.element("a", "Plumbline", "class", "name", "href", "/");
        tabs.ifPresent(known -> html.element("a", known.path(), "href", known.address("")));
        html.element(
                "div",
                () -> {
                    if (account.isPresent()) {
                        html.element("a", account.get(), "href", "/account");
                        html.element(
                                "form",
                                () -> html.element("button", "Sign out", "class", "link"),
                                "method",
                                "post",
                                "action",
                                "/sign-out");
                    } else if (tabs.isPresent() || path.equals("/")) {
                        html.element("a", "Sign in", "href", SignInPage.address(path));
                    }
                },
                "class",
                "who");
    }
}
