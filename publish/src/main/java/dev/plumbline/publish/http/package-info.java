/** Requests to one host, with its secret, patience and limits. */
package dev.plumbline.publish.http;
