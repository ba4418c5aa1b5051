package dev.pipelinebox.host;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** The program {@code pipelinebox-host.jar}. */
public final class HostMain {

    private final Supplier<Commands> commands;
    private final PrintStream out;
    private final PrintStream err;

    HostMain(Supplier<Commands> commands, PrintStream out, PrintStream err) {
        this.commands = commands;
        this.out = out;
        this.err = err;
    }

    /**
     * Executes one command and ends the JVM with its exit code.
     *
     * @param arguments the command line; {@code --help} explains it
     */
    public static void main(String[] arguments) {
        HostMain program = new HostMain(() -> new HostCommands(System.out, System.err), System.out, System.err);
        System.exit(program.run(List.of(arguments)).code());
    }

    ExitCode run(List<String> arguments) {
        try {
            Command command = CommandLine.parse(arguments);
            if (command instanceof Command.Action action) {
                return action.execute(commands.get());
            }
            out.print(command instanceof Command.Help help ? HelpPages.page(help.topic()) : HelpPages.version());
            return ExitCode.OK;
        } catch (UsageException wrong) {
            err.println("pipelinebox-host: " + wrong.getMessage());
            err.println("usage: " + wrong.usage());
            return ExitCode.USAGE;
        }
    }
}
