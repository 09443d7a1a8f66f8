/** Pictures of a project for pages of others: its badge, and the course of a series. */
package dev.plumbline.server.http.picture;
