/** The HTTP server, which passes requests to their routes. */
package dev.plumbline.server.http.listen;
