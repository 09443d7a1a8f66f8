/** The pages in a browser: pure functions from data to HTML. */
package dev.plumbline.server.page;
