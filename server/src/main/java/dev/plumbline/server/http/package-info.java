/** Requests and answers: who asks, what they may, what they sent, and what they get. */
package dev.plumbline.server.http;
