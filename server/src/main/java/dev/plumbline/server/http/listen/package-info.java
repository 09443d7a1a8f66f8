/** The server that listens, and hands requests to those who answer them. */
package dev.plumbline.server.http.listen;
