/**
 * The resources of one project: its results, findings and histories, its pages, and the settings of its owners and CI.
 */
package dev.plumbline.server.http.project;
