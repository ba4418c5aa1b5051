package dev.pipelinebox.examples;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.ConfigFactory;
import dev.pipelinebox.Master;
import dev.pipelinebox.actor.MasterMessage;
import dev.pipelinebox.actor.MasterMessage.RunTask;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.api.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which files contain a word? An actor of a clustered application keeps an index. The workers of a master in the same
 * actor system read the files. They join the application's cluster. The actor sends tasks to the master like to any
 * other actor.
 */
public final class InsideAnActorSystem {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private InsideAnActorSystem() {}

    /** A file and its words. */
    public record Words(String file, Set<String> words) {}

    /** Reads files. */
    public static final class Reader implements Worker<String, Words> {

        private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}]+");

        @Override
        public Words runTask(String file) throws IOException {
            String text = Files.readString(Path.of(file));
            return new Words(file, BETWEEN_WORDS.splitAsStream(text).collect(Collectors.toSet()));
        }
    }

    /** The messages of the index. */
    private sealed interface Message {

        record Add(String file) implements Message {}

        record Read(
                @Nullable TaskResult<Words> result,
                @Nullable Throwable error) implements Message {}

        record Find(String word, ActorRef<Set<String>> replyTo) implements Message {}
    }

    /** The application's actor. It replies to requests that come while files are read after the last of them. */
    private static final class Index extends AbstractBehavior<Message> {

        private final ActorRef<MasterMessage<String, Words>> readers;
        private final List<Words> files = new ArrayList<>();
        private final List<Message.Find> waiting = new ArrayList<>();
        private int unread;

        Index(ActorContext<Message> context, ActorRef<MasterMessage<String, Words>> readers) {
            super(context);
            this.readers = readers;
        }

        @Override
        public Receive<Message> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Message.Add.class, this::add)
                    .onMessage(Message.Read.class, this::addWords)
                    .onMessage(Message.Find.class, this::find)
                    .build();
        }

        private Behavior<Message> add(Message.Add add) {
            unread++;
            CompletionStage<TaskResult<Words>> result = AskPattern.ask(
                    readers,
                    replyTo -> new RunTask<>(add.file(), replyTo),
                    LIMIT,
                    getContext().getSystem().scheduler());
            getContext().pipeToSelf(result, Message.Read::new);
            return this;
        }

        private Behavior<Message> addWords(Message.Read read) {
            unread--;
            if (read.result() instanceof TaskResult.Success<Words> success) {
                files.add(success.value());
            } else {
                System.err.println(read);
            }
            return answer();
        }

        private Behavior<Message> find(Message.Find find) {
            waiting.add(find);
            return answer();
        }

        private Behavior<Message> answer() {
            if (unread == 0) {
                waiting.forEach(find -> find.replyTo().tell(filesWith(find.word())));
                waiting.clear();
            }
            return this;
        }

        private Set<String> filesWith(String word) {
            return files.stream()
                    .filter(file -> file.words().contains(word))
                    .map(Words::file)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * Runs the example.
     *
     * @param args a word and the files to look into
     */
    public static void main(String[] args) {
        ActorSystem<Object> system = ActorSystem.create(
                Behaviors.empty(),
                "application",
                ConfigFactory.parseString(
                                "akka { actor.provider = cluster, remote.artery.canonical { hostname = 127.0.0.1,"
                                        + " port = 0 }, serialization.jackson.jackson-modules = [] }")
                        .withFallback(ConfigFactory.load()));
        Cluster.get(system)
                .manager()
                .tell(Join.create(Cluster.get(system).selfMember().address()));
        try (Master<String, Words> master =
                Master.of(Reader.class).actorSystem(system).start()) {
            master.addWorker();
            ActorRef<Message> index = system.systemActorOf(
                    Behaviors.setup(context -> new Index(context, master.ref())), "index", Props.empty());
            List.of(args).stream().skip(1).map(Message.Add::new).forEach(index::tell);
            CompletionStage<Set<String>> found =
                    AskPattern.ask(index, replyTo -> new Message.Find(args[0], replyTo), LIMIT, system.scheduler());
            found.toCompletableFuture().join().forEach(System.out::println);
        } finally {
            system.terminate();
        }
    }
}
