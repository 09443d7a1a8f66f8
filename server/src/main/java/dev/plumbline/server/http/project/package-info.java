/** The pages of a project, and what its owners and CI set up for it. */
package dev.plumbline.server.http.project;
