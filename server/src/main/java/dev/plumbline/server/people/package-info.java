/** People, organisations and projects: rights, authentication and the audit log. */
package dev.plumbline.server.people;
