/** Providers that authenticate people and CI jobs with signed tokens. */
package dev.plumbline.server.identity;
