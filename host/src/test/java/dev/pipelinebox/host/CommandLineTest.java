package dev.pipelinebox.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandLineTest {

    private static Command parse(String line) {
        return CommandLine.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    @Test
    void joinHasAllItsOptions() {
        assertThat(parse(
                        "join [2001:db8::5] --invitation - --name b --address b.example:1 --bind 0.0.0.0:0 --label zone=x"
                                + " --label=a=b=c --resource gpu=2 --processors 8 --memory 1.5G --java /a --java /b --cache /c"
                                + " --cache-size 10gb --wait --once"))
                .isEqualTo(new Command.Join(
                        Optional.of(new HostPort("2001:db8::5", 7410)),
                        new InvitationSource(Optional.empty()),
                        Optional.of("b"),
                        Optional.of(new HostPort("b.example", 1)),
                        Optional.of(new HostPort("0.0.0.0", 0)),
                        Map.of("zone", "x", "a", "b=c"),
                        Map.of("gpu", 2),
                        OptionalInt.of(8),
                        OptionalLong.of(3L << 29),
                        List.of(Path.of("/a"), Path.of("/b")),
                        Optional.of(Path.of("/c")),
                        OptionalLong.of(10L << 30),
                        true,
                        true));
    }

    @Test
    void theOtherCommandsAreRead() {
        InvitationSource file = new InvitationSource(Optional.of(Path.of("f")));
        assertThat(parse("keys create d")).isEqualTo(new Command.KeysCreate(Path.of("d"), Optional.empty()));
        assertThat(parse("keys invite d b f --address m:1"))
                .isEqualTo(new Command.KeysInvite(
                        Path.of("d"), "b", Path.of("f"), Optional.of(new HostPort("m", 1)), Optional.empty()));
        assertThat(parse("keys revoke d b")).isEqualTo(new Command.KeysRevoke(Path.of("d"), "b"));
        assertThat(parse("help keys")).isEqualTo(new Command.Help(Optional.of("keys")));
        assertThat(parse("join --processors no --help")).isEqualTo(new Command.Help(Optional.of("join")));
        assertThat(parse("--version")).isEqualTo(new Command.Version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            ''                                        > A command is missing
            jion --invitation f                       > Do you mean join?
            keys                                      > There are: keys create
            keys creat d                              > Do you mean keys create?
            help me                                   > There is no help on "me"
            join                                      > --invitation is missing. Add --invitation FILE|-
            join --invitation                         > The value of --invitation is missing
            join --invitation --wait                  > The value of --invitation is missing
            join a b --invitation f                   > "b" is one argument too many
            join --invitation f --lable a=b           > Do you mean --label?
            join --invitation f --life 7d             > --life is an option of keys invite, not of join
            join --invitation f --name a --name b     > --name is given twice
            join --invitation f --label a=b --label a=c > --label a is given twice
            join --invitation f --label a             > equals sign
            join --invitation f --label a=            > 1 to 255 characters
            join --invitation f --resource gpu=0      > from 1 to 999999
            join --invitation f --processors 1.5      > from 1 to 999999
            join --invitation f --memory 16           > a unit (k, m, g or t), such as 16g
            join --invitation f --memory 0g           > above 0
            join --invitation f --memory 99999999t    > below 8 million terabytes
            join --invitation f --wait=yes            > --wait takes no value
            join --invitation f --name a/b            > cannot be the name of a host
            join 2001:db8::5 --invitation f           > an IPv6 address without brackets
            join [2001:db8:::5]:1 --invitation f      > is not an address
            join 10.0.0.256:1 --invitation f          > is not an address
            join http://m:7410 --invitation f         > is not an address
            join m:65536 --invitation f               > has no valid port
            join m: --invitation f                    > has no valid port
            join m:0 --invitation f                   > has port 0
            keys create                               > DIR is missing
            keys invite d n f --life 7                > a unit (s, m, h, d or w), such as 7d
            keys invite d n f --life 0d               > above 0
            """)
    void aWrongLineIsRefusedWithCauseAndRemedy(String line, String message) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void theHelpNamesEachOptionAndItsExamplesAreRight(Verb verb) {
        String page = HelpPages.page(Optional.of(verb.topic()));

        assertThat(verb.options()).allSatisfy(option -> assertThat(page).contains(option.form()));
        assertThat(examples(page + HelpPages.page(Optional.empty())))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(parse(example)).isInstanceOf(Command.Action.class));
    }

    private static List<String> examples(String page) {
        return page.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(Verb.PROGRAM) && !line.contains("DIR") && !line.contains("FILE"))
                .map(line -> line.substring(Verb.PROGRAM.length() + 1))
                .toList();
    }
}
