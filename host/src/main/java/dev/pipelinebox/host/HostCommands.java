package dev.pipelinebox.host;

import dev.pipelinebox.api.InvalidKeysException;
import dev.pipelinebox.spi.HostKeys;
import java.io.PrintStream;

/** What the program does, with messages for its user. */
final class HostCommands implements Commands {

    private final PrintStream out;
    private final PrintStream err;

    HostCommands(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public ExitCode join(Command.Join join) {
        return new Joining(join, out, err).run();
    }

    @Override
    public ExitCode keysCreate(Command.KeysCreate create) {
        return reporting(() -> {
            HostKeys.create(create.directory(), create.address().map(HostPort::toString));
            out.println("Made " + create.directory().resolve("master.p12") + " for the master, and "
                    + create.directory().resolve("invitation.pbx") + " for hosts; keep both secret");
        });
    }

    @Override
    public ExitCode keysInvite(Command.KeysInvite invite) {
        return reporting(() -> {
            String serial = HostKeys.invite(
                    invite.directory(),
                    invite.name(),
                    invite.life(),
                    invite.address().map(HostPort::toString),
                    invite.file());
            out.println("Made " + invite.file() + ", serial number " + serial + "; keep it secret");
        });
    }

    @Override
    public ExitCode keysRevoke(Command.KeysRevoke revoke) {
        return reporting(() -> {
            HostKeys.revoke(revoke.directory(), revoke.serial());
            out.println("Revoked " + revoke.serial());
        });
    }

    private ExitCode reporting(Runnable action) {
        try {
            action.run();
            return ExitCode.OK;
        } catch (InvalidKeysException | IllegalArgumentException unusable) {
            err.println("pipelinebox-host: " + unusable.getMessage());
            return ExitCode.FAILED;
        }
    }
}
