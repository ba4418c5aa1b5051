package dev.pipelinebox.internal.cluster;

import akka.actor.AbstractActor;
import akka.event.Logging;
import org.slf4j.LoggerFactory;

/**
 * Carries what Akka logs to SLF4J, as Akka's own logger does, but says nothing of itself: that one announces its start in
 * every process.
 */
final class Slf4jBridge extends AbstractActor {

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(
                        Logging.InitializeLogger.class,
                        start -> getSender().tell(Logging.loggerInitialized(), getSelf()))
                .match(
                        Logging.Error.class,
                        error -> LoggerFactory.getLogger(error.logClass())
                                .error("[{}] {}", error.logSource(), error.message(), error.cause()))
                .match(
                        Logging.LogEvent.class,
                        event -> LoggerFactory.getLogger(event.logClass())
                                .atLevel(level(event))
                                .log("[{}] {}", event.logSource(), event.message()))
                .build();
    }

    private static org.slf4j.event.Level level(Logging.LogEvent event) {
        if (event.level() == Logging.WarningLevel()) {
            return org.slf4j.event.Level.WARN;
        }
        return event.level() == Logging.InfoLevel() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG;
    }
}
