package dev.pipelinebox.internal.submit.pipeline;

import dev.pipelinebox.api.PayloadException;
import dev.pipelinebox.api.PipelineBoxException;
import dev.pipelinebox.api.StageFailedException;
import dev.pipelinebox.api.TaskResult;
import dev.pipelinebox.internal.client.CallbackExecutor;
import dev.pipelinebox.internal.client.OutcomeDecoder;
import dev.pipelinebox.internal.client.OutcomeListener;
import dev.pipelinebox.internal.task.Outcome;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The way of one caller's elements through the stages of a pipeline. Thread-safe. */
final class PipelineRun {

    /** No code of users runs there but that of their types. */
    private static final CallbackExecutor HANDING_ON = new CallbackExecutor(null);

    private final List<Post> posts;
    private final OutcomeListener caller;

    /** By their numbers. */
    private final Map<Long, Element> underWay = new ConcurrentHashMap<>();

    PipelineRun(List<PipelineStage> stages, OutcomeListener caller) {
        this.caller = caller;
        this.posts = stages.stream().map(Post::new).toList();
    }

    /** An element under way: its number and the argument with which it came in. */
    private record Element(long id, byte @Nullable [] original) {}

    /** Elements come in at the first stage. */
    void enter(long firstId, List<byte @Nullable []> payloads) {
        posts.get(0).enter(firstId, payloads);
    }

    void refuse(long id, PipelineBoxException error) {
        posts.get(0).refuse(id, error);
    }

    /** How many elements are at the first stage. */
    int atEntrance() {
        return posts.get(0).atWork();
    }

    void register() {
        posts.forEach(post -> post.stage.intake().register(post));
    }

    void cancel() {
        posts.forEach(Post::cancel);
    }

    void forget() {
        posts.forEach(post -> post.stage.intake().forget(post));
    }

    /** What waits for the outcomes of one stage. */
    private final class Post implements OutcomeListener {

        private final PipelineStage stage;
        private final OutcomeDecoder reader;
        private final Map<Long, Element> here = new HashMap<>();
        private @Nullable PipelineBoxException gone;
        private boolean cancelled;

        Post(PipelineStage stage) {
            this.stage = stage;
            this.reader = new OutcomeDecoder(stage.codec(), stage.codec());
        }

        /** Numbers are given, and remembered, before an outcome can be looked up. */
        synchronized void enter(long firstId, List<byte @Nullable []> payloads) {
            long first = stage.intake().submit(payloads, this);
            for (int i = 0; i < payloads.size(); i++) {
                comesIn(first + i, new Element(firstId + i, payloads.get(i)));
            }
        }

        synchronized void refuse(long id, PipelineBoxException error) {
            comesIn(stage.intake().refuse(error, this), new Element(id, null));
        }

        private void comesIn(long taskId, Element element) {
            underWay.put(element.id(), element);
            here.put(taskId, element);
        }

        synchronized int atWork() {
            return here.size();
        }

        /** Tells why this element cannot be taken in here; {@code null} if it was, or is wanted no more. */
        synchronized @Nullable PipelineBoxException take(Element element, byte @Nullable [] payload) {
            if (gone == null && !cancelled) {
                here.put(stage.intake().submit(Collections.singletonList(payload), this), element);
            }
            return gone;
        }

        synchronized void cancel() {
            cancelled = true;
            stage.intake().cancel(this);
        }

        @Override
        public void onOutcome(long taskId, Outcome outcome) {
            Element element;
            synchronized (this) {
                element = here.remove(taskId);
            }
            if (element == null) {
                return;
            }
            boolean isLast = stage.number() == posts.size();
            if (isLast && outcome instanceof Outcome.Returned) {
                leave(element, outcome);
            } else {
                HANDING_ON.execute(() -> proceed(element, taskId, outcome));
            }
        }

        private void proceed(Element element, long taskId, Outcome outcome) {
            try {
                if (outcome instanceof Outcome.Returned returned) {
                    passOn(element, returned.payload());
                } else if (reader.read(taskId, outcome) instanceof TaskResult.Failure<?> failure) {
                    fail(element, failure.error());
                }
            } catch (PayloadException unfit) {
                fail(element, unfit);
            } catch (Throwable broken) {
                fail(
                        element,
                        new PayloadException("The result cannot be handed on to the next stage: " + broken, broken));
            }
        }

        private void passOn(Element element, byte @Nullable [] result) {
            Post next = posts.get(stage.number());
            byte[] argument = stage.codec().passOn(result, next.stage.codec());
            caller.onPassedOn(size(argument) + size(element.original()));
            PipelineBoxException reason = next.take(element, argument);
            if (reason != null) {
                next.fail(element, reason);
            }
        }

        private void fail(Element element, PipelineBoxException error) {
            StageFailedException failure = error instanceof StageFailedException known
                    ? known
                    : new StageFailedException(stage.number(), stage.workerClass(), original(element), error);
            leave(element, new Outcome.Refused(failure));
        }

        @Override
        public void onMasterGone(PipelineBoxException reason) {
            synchronized (this) {
                gone = reason;
                here.clear();
            }
            underWay.values().forEach(element -> fail(element, reason));
            posts.stream().filter(other -> other != this).forEach(Post::cancel);
            caller.onMasterGone(reason);
        }
    }

    private void leave(Element element, Outcome outcome) {
        if (underWay.remove(element.id()) != null) {
            caller.onOutcome(element.id(), outcome);
        }
    }

    private static int size(byte @Nullable [] payload) {
        return payload == null ? 0 : payload.length;
    }

    private @Nullable Object original(Element element) {
        try {
            byte[] argument = element.original();
            return posts.get(0).stage.codec().readArgument(argument == null ? null : argument.clone());
        } catch (Throwable unreadable) {
            LoggerFactory.getLogger(PipelineRun.class)
                    .debug("The argument of element {} cannot be shown with its failure", element.id(), unreadable);
            return null;
        }
    }
}
