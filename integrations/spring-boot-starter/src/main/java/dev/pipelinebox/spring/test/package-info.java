/** For the tests of applications: workers inside the test's own process. */
@NullMarked
package dev.pipelinebox.spring.test;

import org.jspecify.annotations.NullMarked;
