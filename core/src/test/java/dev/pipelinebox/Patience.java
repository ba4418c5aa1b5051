package dev.pipelinebox;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long tests wait for what has to come. It costs nothing when it comes, and a busy machine may need it. Awaitility waits
 * as long by default, in all tests.
 */
public final class Patience implements BeforeAllCallback {

    public static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
