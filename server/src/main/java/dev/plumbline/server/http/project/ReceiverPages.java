package dev.plumbline.server.http.project;

import dev.plumbline.server.command.Right;
import dev.plumbline.server.http.Authentication;
import dev.plumbline.server.http.Problem;
import dev.plumbline.server.http.Requests;
import dev.plumbline.server.page.MessagePage;
import dev.plumbline.server.page.Tabs;
import dev.plumbline.server.people.Project;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of the receivers of a project's events, what all have in common: people read them, owners change them.
 *
 * @param <R> one of them
 */
abstract class ReceiverPages<R> extends ProjectPages {
    private final Receivers<R> receivers;
    private final String name;
    private final Words words;

    /**
     * The texts that differ.
     *
     * @param secret the title of the page with the secret
     * @param next what to do with the secret
     * @param back the page that leads there
     * @param again after a delivery was asked for again
     * @param removed after one was removed
     */
    record Words(String secret, String next, MessagePage.Back back, String again, String removed) {}

    /**
     * @param answers what the pages show
     * @param name the last part of the address of the page that lists them
     */
    ReceiverPages(ProjectAnswers answers, Receivers<R> receivers, String name, Words words) {
        super(answers);
        this.receivers = receivers;
        this.name = name;
        this.words = words;
    }

    /** Whether who decides may do this, and not owners alone. */
    abstract boolean isOfDeciders(String action);

    /** Does what is done with these receivers alone; false where there is no such action. */
    abstract boolean change(Context context, Project project, String action, Map<String, String> form);

    /** A line to copy together with the secret. */
    abstract Optional<String> code(Project project);

    /** The address of the page that lists them. */
    final String address(Project project) {
        return "/p/" + project.path() + "/" + name;
    }

    final boolean isOwner(Context context, Project project) {
        return services.projects()
                .rights(Authentication.identity(context), project)
                .contains(Right.ADMINISTER);
    }

    final Tabs tabs(Context context, Project project) {
        return answers.tabs(context, project, Tabs.Tab.SETTINGS);
    }

    /** Shows a secret once, at an address that may be loaded again. */
    final void showSecret(Context context, Project project, String secret) {
        Tabs tabs = tabs(context, project);
        browser.showOnce(
                context,
                address(project) + "/secret",
                layout -> MessagePage.secret(
                        layout, tabs, words.secret(), secret, words.next(), code(project), words.back()));
    }

    /** The page with the secret, or the list where it was shown already. */
    final void secret(Context context) {
        Project project = access.project(context, Right.ADMINISTER);
        if (!browser.shownOnce(context)) {
            browser.redirect(context, address(project));
        }
    }

    /** Does what the form of a page asks for. */
    final void change(Context context) {
        Map<String, String> form = Requests.form(context);
        String action = form.getOrDefault("action", "");
        boolean isOfDeciders = action.equals("redeliver") || isOfDeciders(action);
        Project project = access.project(context, isOfDeciders ? Right.DECIDE : Right.ADMINISTER);
        access.person(context);
        switch (action) {
            case "redeliver" -> {
                receivers.again(context, project, form.getOrDefault("delivery", ""));
                browser.redirect(context, context.path(), words.again());
            }
            case "secret" -> showSecret(context, project, receivers.renew(context, project));
            case "remove" -> {
                receivers.remove(context, project);
                browser.redirect(context, address(project), words.removed());
            }
            default -> {
                if (!change(context, project, action, form)) {
                    throw Problem.invalid("no such change");
                }
            }
        }
    }
}
