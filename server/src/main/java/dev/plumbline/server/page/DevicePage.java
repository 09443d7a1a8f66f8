package dev.plumbline.server.page;

import static java.util.Objects.requireNonNull;

import dev.plumbline.report.format.HtmlText;
import dev.plumbline.server.people.Devices;
import dev.plumbline.server.people.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page on which a user approves a program on another machine. */
public final class DevicePage {
    private static final String TITLE = "Allow plumb login";

    private DevicePage() {}

    /** The page on which a user enters the code that the program shows. */
    public static String code(Layout layout, Optional<String> error) {
        return layout.form(TITLE, html -> {
            html.element("h1", TITLE);
            Forms.error(html, error);
            html.element(
                    "form",
                    () -> {
                        Forms.field(
                                html,
                                "code",
                                "code",
                                "Code",
                                "The code that plumb login shows.",
                                "type",
                                "text",
                                "maxlength",
                                "20",
                                "autocomplete",
                                "off",
                                "autocapitalize",
                                "characters",
                                "spellcheck",
                                "false",
                                "required",
                                "",
                                "autofocus",
                                "");
                        html.element("button", "Continue", "class", "main");
                    },
                    "method",
                    "get",
                    "action",
                    "/device");
        });
    }

    /**
     * The grants that an account can offer.
     *
     * @param projects in which they have a role, the one that is offered first at the beginning
     * @param role the one that is offered first
     */
    public record Offer(List<String> projects, Role role) {
        public Offer {
            projects = List.copyOf(projects);
            requireNonNull(role, "role");
        }
    }

    /**
     * The page on which a person chooses the program's rights.
     *
     * @param offer what there is to give
     */
    public static String confirm(
            Layout layout, String code, Devices.Request request, Offer offer, Optional<String> error) {
        return layout.form(TITLE, html -> {
            html.element("h1", TITLE);
            Forms.error(html, error);
            html.element("p", () -> html.text("plumb login asks for a token, with the code ")
                    .element("strong", Words.shown(code))
                    .text(", from the address " + request.address() + ", ")
                    .element("span", Words.ago(request.createdAt(), layout.now()))
                    .text("."));
            html.element(
                    "p",
                    "Continue only if you started it yourself and it shows this code. Whoever has the token"
                            + " acts in your name.");
            if (offer.projects().isEmpty()) {
                html.element("p", "You have no role in any project, so you cannot give it a token.");
            } else {
                allow(html, code, offer);
            }
            Forms.button(html, "/device", "Refuse", "bad", Forms.values("action", "refuse", "code", code));
        });
    }

    private static void allow(HtmlText html, String code, Offer offer) {
        Forms.post(html, "/device", () -> {
            Forms.hidden(html, Forms.values("action", "allow", "code", code));
            Map<String, String> choices = new LinkedHashMap<>();
            offer.projects().forEach(path -> choices.put(path, path));
            Forms.choice(html, "project", "project", "Project", choices);
            Forms.choice(html, "role", "role", "Role, at most your own", AccessSettings.roles(offer.role()));
            AccessSettings.days(html, "days");
            html.element("button", "Let it in", "class", "main");
        });
    }

    /** The page with the outcome. */
    public static String done(Layout layout, String words) {
        return layout.form(TITLE, html -> {
            html.element("h1", "Done");
            html.element("p", words);
        });
    }
}
