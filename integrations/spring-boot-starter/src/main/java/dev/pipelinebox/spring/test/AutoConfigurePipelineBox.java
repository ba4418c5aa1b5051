package dev.pipelinebox.spring.test;

import dev.pipelinebox.spring.MasterFactory;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.properties.PropertyMapping;

/**
 * On a test class, provides the {@link MasterFactory}, also in a slice of the application such as {@code @WebMvcTest}, and
 * has all masters run their workers inside the process of the test. {@link dev.pipelinebox.testkit.TestKit} says what
 * differs there.
 *
 * <p>A slice does not scan for {@code @Configuration} classes: import the one that declares the masters.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigurePipelineBox {

    /**
     * Whether the workers run inside the process of the test.
     *
     * @return {@code true} by default; {@code false} for processes of their own
     */
    @PropertyMapping("pipelinebox.config.test.in-process")
    boolean inProcess() default true;
}
