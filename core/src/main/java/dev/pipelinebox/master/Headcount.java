package dev.pipelinebox.master;

/**
 * How many workers there are.
 *
 * @param ready those that take tasks
 * @param starting those that are built, or to be built, for a place
 */
record Headcount(int ready, int starting) {}
