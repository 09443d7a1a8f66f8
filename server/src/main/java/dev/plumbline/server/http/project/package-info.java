/** What belongs to one project: its results, findings and histories, its pages, and what its owners and CI set up. */
package dev.plumbline.server.http.project;
