/** Others who vouch for people and CI jobs by signed tokens: who they are, and what they say. */
package dev.plumbline.server.identity;
