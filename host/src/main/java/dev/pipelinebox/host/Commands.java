package dev.pipelinebox.host;

/** Executes what the command line asks for. Each method returns when the command is over, and prints its own messages. */
interface Commands {

    ExitCode join(Command.Join join);

    ExitCode keysCreate(Command.KeysCreate create);

    ExitCode keysInvite(Command.KeysInvite invite);

    ExitCode keysRevoke(Command.KeysRevoke revoke);
}
