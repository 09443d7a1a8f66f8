/** What people see in a browser: pure functions from what is known to HTML. */
package dev.plumbline.server.page;
