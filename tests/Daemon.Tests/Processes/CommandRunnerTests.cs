using Forewarn.Daemon.Processes;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Processes;

public class CommandRunnerTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_it_printed_and_how_it_ended()
        => Assert.Equal(new(CommandEnd.Exited, 3, "out\n", "err\n"), await ShellAsync("echo out; echo err >&2; exit 3", Ample));

    [Fact]
    public async Task Arguments_are_read_by_no_shell()
        => Assert.Equal("$HOME; a b\n", (await new CommandRunner(TimeProvider.System).RunAsync("echo", ["$HOME; a b"], Ample, CancellationToken.None)).Output);

    [Fact]
    public async Task A_program_that_is_not_there()
    {
        var result = await new CommandRunner(TimeProvider.System).RunAsync("forewarn-no-such-program", [], Ample, CancellationToken.None);
        Assert.Equal(CommandEnd.NotStarted, result.End);
        Assert.NotEmpty(result.Errors);
    }

    [Fact]
    public async Task Without_a_path_the_usual_one_holds()
        => Assert.True((await new CommandRunner(TimeProvider.System, path: "").RunAsync("true", [], Ample, CancellationToken.None)).IsGood);

    [Fact]
    public async Task A_program_of_the_current_folder_is_not_run()
    {
        var here = Path.Join(Environment.CurrentDirectory, "forewarn-planted");
        File.WriteAllText(here, "#!/bin/sh\n");
        File.SetUnixFileMode(here, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Equal(CommandEnd.NotStarted, (await new CommandRunner(TimeProvider.System).RunAsync("forewarn-planted", [], Ample, CancellationToken.None)).End);
        }
        finally
        {
            File.Delete(here);
        }
    }

    [Fact]
    public async Task More_than_a_pipe_holds_is_read_to_its_end()
        => Assert.Equal(1_000_000, (await ShellAsync("head -c 1000000 /dev/zero | tr '\\0' x", Ample)).Output.Length);

    [Fact]
    public async Task What_is_more_than_is_kept_is_no_answer()
    {
        var result = await new CommandRunner(TimeProvider.System, most: 1000).RunAsync("sh", ["-c", "head -c 100000 /dev/zero | tr '\\0' x"], Ample, CancellationToken.None);
        Assert.Equal((CommandEnd.Cut, false, "it printed more than 1000 characters"), (result.End, result.IsGood, result.Errors));
        Assert.True((await new CommandRunner(TimeProvider.System, most: 1000).RunAsync("sh", ["-c", "head -c 1000 /dev/zero | tr '\\0' x"], Ample, CancellationToken.None)).IsGood);
    }

    [Fact]
    public async Task It_is_killed_with_all_that_it_started_when_it_takes_too_long()
    {
        using var folder = new TemporaryFolder();
        var pids = Path.Combine(folder.Path, "pids");
        var result = await ShellAsync($"sleep 600 & echo $! >'{pids}.new'; echo $$ >>'{pids}.new'; mv '{pids}.new' '{pids}'; wait", TimeSpan.FromSeconds(2));
        Assert.Equal(CommandEnd.TimedOut, result.End);
        var started = File.ReadAllLines(pids).Select(int.Parse).ToArray();
        Assert.Equal(2, started.Length);
        await Eventually.TrueAsync(() => !started.Any(TestKit.Processes.Runs), TimeSpan.FromSeconds(10), "both have ended");
    }

    [Fact]
    public async Task It_reads_nothing() => Assert.Equal(CommandEnd.Exited, (await ShellAsync("cat", Ample)).End);

    [Fact]
    public async Task Who_gives_up_waits_no_longer()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new CommandRunner(TimeProvider.System).RunAsync("sleep", ["600"], TimeSpan.FromMinutes(5), stop.Token));
    }

    private static Task<CommandResult> ShellAsync(string script, TimeSpan within)
        => new CommandRunner(TimeProvider.System).RunAsync("sh", ["-c", script], within, CancellationToken.None);
}
