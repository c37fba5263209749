using Forewarn.Daemon.Cli;

namespace Forewarn.Daemon.Tests.Cli;

public class CommandLineTests
{
    [Fact]
    public async Task The_agent_s_options_become_a_request()
    {
        var agent = await Command.RunAsync(
        [
            "agent", "--config", "/etc/x.conf", "--set", "Sampling.Fast=2s", "--set", "Source.nvml.Library=/lib/a=b.so",
            "--simulate", "h100-8", "--node-name", "n1", "--listen", "127.0.0.1:9797 [::1]:9797",
            "--socket", "/s", "--state-dir", "/d", "--root", "/r",
        ]);
        Assert.Equal(7, agent.Code);
        Assert.Equal(("/etc/x.conf", true, "h100-8"), (agent.Agent!.Paths.File, agent.Agent.Paths.Required, agent.Agent.Simulate));
        Assert.Equal(
            [
                "--set Sampling.Fast=2s", "--set Source.nvml.Library=/lib/a=b.so", "--node-name Agent.NodeName=n1",
                "--listen Agent.Listen=127.0.0.1:9797 [::1]:9797", "--socket Agent.Socket=/s",
                "--state-dir Agent.StateDir=/d", "--root Agent.Root=/r",
            ],
            agent.Agent.Overrides.Select(given => $"{given.Option} {given.Assignment}"));
    }

    [Fact]
    public async Task An_agent_without_options_reads_the_installed_configuration()
    {
        var agent = await Command.RunAsync(["agent"]);
        Assert.Equal(("/nonexistent/forewarn.conf", false), (agent.Agent!.Paths.File, agent.Agent.Paths.Required));
        Assert.Null(agent.Agent.Simulate);
        Assert.Empty(agent.Agent.Overrides);
    }

    [Theory]
    [InlineData("", "See: forewarn --help")]
    [InlineData("stauts", "See: forewarn --help")]
    [InlineData("status --nosuch", "See: forewarn status --help")]
    [InlineData("top --window week", "See: forewarn top --help")]
    [InlineData("top --interval 10ms", "See: forewarn top --help")]
    [InlineData("top --interval soon", "See: forewarn top --help")]
    [InlineData("top -n 0", "See: forewarn top --help")]
    [InlineData("config", "See: forewarn config --help")]
    [InlineData("agent --set", "See: forewarn agent --help")]
    [InlineData("simulate inject", "See: forewarn simulate inject --help")]
    public async Task A_wrong_command_line_exits_2_and_says_where_help_is(string line, string hint)
    {
        var command = await Command.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (command.Code, command.Output));
        Assert.StartsWith("forewarn: ", command.Error, StringComparison.Ordinal);
        Assert.EndsWith(hint + "\n", command.Error, StringComparison.Ordinal);
        Assert.Null(command.Agent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("agent")]
    [InlineData("status")]
    [InlineData("devices")]
    [InlineData("top")]
    [InlineData("doctor")]
    [InlineData("release")]
    [InlineData("resume")]
    [InlineData("config check")]
    [InlineData("config show")]
    [InlineData("simulate profiles")]
    [InlineData("simulate scenarios")]
    [InlineData("simulate inject")]
    [InlineData("simulate check")]
    public async Task Every_command_s_help_shows_the_exit_codes(string line)
    {
        var help = await Command.RunAsync([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal(0, help.Code);
        Assert.Contains("Exit codes:\n  0  done", help.Output, StringComparison.Ordinal);
        Assert.True(line is "" or "agent" || help.Output.Contains("--json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("LC_ALL=C LANG=en_US.UTF-8", false)]
    [InlineData("LC_ALL= LC_CTYPE=C.utf8 LANG=C", true)]
    [InlineData("LANG=de_DE.UTF-8", true)]
    [InlineData("LANG=POSIX", false)]
    [InlineData("", false)]
    public void The_character_set_is_the_locale_s(string environment, bool utf8)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(utf8, Terminal.IsUtf8(variables.GetValueOrDefault));
    }
}
