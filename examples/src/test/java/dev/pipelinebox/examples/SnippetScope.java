package dev.pipelinebox.examples;

import akka.actor.typed.ActorSystem;
import dev.pipelinebox.Master;
import java.nio.file.Path;
import java.util.List;

/** What the statements in the documentation take for granted; only compiled, never run. */
public abstract class SnippetScope {

    protected Master<String, String> master;
    protected List<String> words;
    protected Path folder;
    protected ActorSystem<?> system;
}
