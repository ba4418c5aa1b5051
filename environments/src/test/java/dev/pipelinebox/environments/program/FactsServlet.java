package dev.pipelinebox.environments.program;

import dev.pipelinebox.Master;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A web application whose master lives as long as it is deployed. */
@WebServlet(urlPatterns = "/facts", loadOnStartup = 1)
public final class FactsServlet extends HttpServlet {

    private transient Master<String, ProcessFacts> master;

    /** Called by the container. */
    public FactsServlet() {}

    @Override
    public void init() {
        master = Master.of(FactsWorker.class).start();
        master.addWorker();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProcessFacts worker = master.ask(Report.RESOURCE).toCompletableFuture().join();
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(new Report(ProcessFacts.current(Report.RESOURCE), worker).line());
    }

    @Override
    public void destroy() {
        master.close();
    }
}
