/** Requests and responses: authentication, authorisation, contents and answers. */
package dev.plumbline.server.http;
