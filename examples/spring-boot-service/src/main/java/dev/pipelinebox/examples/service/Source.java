package dev.pipelinebox.examples.service;

/**
 * A file of Java.
 *
 * @param name its name, such as Hello.java
 * @param text what is in it
 */
public record Source(String name, String text) {}
