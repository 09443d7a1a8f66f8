/** Providers that vouch for people and CI jobs by signed tokens. */
package dev.plumbline.server.identity;
