/** People, organisations and projects: who may do what, how they prove who they are, and what they did. */
package dev.plumbline.server.people;
