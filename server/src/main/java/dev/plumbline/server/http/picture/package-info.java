/** Images of a project for other pages: its badge, and the chart of a series. */
package dev.plumbline.server.http.picture;
