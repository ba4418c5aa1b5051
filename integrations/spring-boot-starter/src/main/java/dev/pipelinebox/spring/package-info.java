/**
 * Masters as beans of a Spring Boot application. {@link dev.pipelinebox.spring.MasterFactory} starts them as the
 * properties under {@code pipelinebox} say, and their life is that of the application context.
 */
@NullMarked
package dev.pipelinebox.spring;

import org.jspecify.annotations.NullMarked;
