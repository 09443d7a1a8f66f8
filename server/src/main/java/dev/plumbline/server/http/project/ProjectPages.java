package dev.plumbline.server.http.project;

import dev.plumbline.server.http.Access;
import dev.plumbline.server.http.Browser;
import dev.plumbline.server.http.Routes;
import dev.plumbline.server.http.Services;

/** Pages of a project, and what all of them are made with. */
abstract class ProjectPages implements Routes {
    final ProjectAnswers answers;
    final Services services;
    final Access access;
    final Browser browser;

    ProjectPages(ProjectAnswers answers) {
        this.answers = answers;
        services = answers.services();
        browser = answers.browser();
        access = new Access(services);
    }
}
