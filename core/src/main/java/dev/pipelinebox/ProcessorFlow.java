package dev.pipelinebox;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.JavaFlowSupport;
import java.util.concurrent.Flow.Processor;
import java.util.function.Supplier;

/** An Akka stream's flow of what is a processor elsewhere. */
final class ProcessorFlow {

    private ProcessorFlow() {}

    /** Each materialization takes a processor of its own. */
    static <I, O> Flow<I, O, NotUsed> of(Supplier<Processor<I, O>> processors) {
        try {
            return JavaFlowSupport.Flow.fromProcessor(processors::get);
        } catch (Exception onlyDeclared) {
            throw new IllegalStateException(onlyDeclared);
        }
    }
}
