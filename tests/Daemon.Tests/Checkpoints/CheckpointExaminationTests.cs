using Forewarn.Daemon.Checkpoints;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Checkpoints;

/// <summary>The child in which checkpoints are looked at, and what becomes of it.</summary>
public sealed class CheckpointExaminationTests : IDisposable
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(60);

    private readonly CheckpointFolder _folder = new();

    private CheckpointOrder Order => new() { Root = _folder.Root, Now = CheckpointFolder.Now };

    [Fact]
    public async Task The_child_says_what_it_found_and_where_it_looked()
    {
        var name = Layouts.Build(_folder, "megatron-distributed");
        var seen = new List<string>();
        var answer = await RunAsync(Path.Join(AppContext.BaseDirectory, "forewarn"), Order, Ample, (at, _) => seen.Add(at));
        Assert.Equal((CheckpointAnswerEnd.Done, null), (answer.End, answer.Trouble));
        Assert.Equal(_folder.PathOf(name), Assert.Single(answer.Verdicts).Checkpoint.Path);
        Assert.Contains($"{name}/metadata.json", seen);
    }

    [Fact]
    public async Task A_child_that_hangs_costs_the_time_out_and_is_gone_and_the_place_is_named()
    {
        // What a file server does that has gone away: the call that was announced does not come back.
        var pid = Path.Join(_folder.Root, "pid");
        var program = Script($$"""echo $$ >'{{pid}}.new'; mv '{{pid}}.new' '{{pid}}'; echo '{"At":"iter_0000200/mp_rank_00"}'; exec sleep 600""");
        var time = new ManualTimeProvider();
        var heard = new TaskCompletionSource();
        var running = new CheckpointExamination(program, time).RunAsync(Order, TimeSpan.FromSeconds(3), (_, _) => heard.TrySetResult(), CancellationToken.None);
        await heard.Task.WaitAsync(Ample, TimeProvider.System);
        time.Advance(TimeSpan.FromSeconds(3));
        var answer = await running;
        Assert.Equal((CheckpointAnswerEnd.TimedOut, "not done within 3 s: the file system was asked last at iter_0000200/mp_rank_00, and is slow or does not answer"), (answer.End, answer.Trouble));
        var child = int.Parse(File.ReadAllText(pid), System.Globalization.CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(() => !TestKit.Processes.Runs(child), TimeSpan.FromSeconds(10), "the child has ended");
    }

    [Fact]
    public async Task A_child_that_crashes_is_an_answer_too()
    {
        var answer = await RunAsync(Script("""echo '{"At":"step-7"}'; kill -SEGV $$"""), Order, Ample);
        Assert.Equal(CheckpointAnswerEnd.Failed, answer.End);
        Assert.Contains("SIGSEGV", answer.Trouble, StringComparison.Ordinal);
        Assert.EndsWith("at step-7", answer.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Noise_on_its_output_is_not_believed()
    {
        var answer = await RunAsync(Script("""echo '{"Verdict":'; echo hello; echo '{"End":{"Skipped":[],"Trouble":"no"}}'"""), Order, Ample);
        Assert.Equal((CheckpointAnswerEnd.Failed, "no"), (answer.End, answer.Trouble));
        Assert.Empty(answer.Verdicts);
    }

    [RootFact]
    public async Task As_another_user_it_sees_what_that_user_sees()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        File.SetUnixFileMode(_folder.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        File.SetUnixFileMode(_folder.PathOf($"{name}/__1_0.distcp"), UnixFileMode.UserRead);
        var answer = await RunAsync(Path.Join(AppContext.BaseDirectory, "forewarn"), Order with { Name = name, User = "nobody" }, Ample);
        Assert.Null(answer.Trouble);
        var refused = Assert.Single(Assert.Single(answer.Verdicts).Checkpoint.Defects);
        Assert.Equal(("__1_0.distcp", "permission denied"), (refused.File, refused.Reason));
    }

    [RootFact]
    public async Task With_two_capabilities_and_no_root_it_becomes_the_user_and_keeps_neither()
    {
        // What the unit's drop-in gives (packaging/systemd/checkpoints.conf), and as there nothing that is executed gains more.
        File.SetUnixFileMode(_folder.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        var program = Script($"exec setpriv --reuid=1 --regid=1 --clear-groups --no-new-privs {Only("setuid", "setgid")} '{Path.Join(AppContext.BaseDirectory, "forewarn")}' \"$@\"");
        var hidden = Path.Join(_folder.Root, "hidden");
        // More to tell than a pipe holds: nobody takes it, and the child can be looked at where it waits.
        for (var i = 0; i < 1000; i++) Directory.CreateDirectory(Path.Join(hidden, $"{i}-{new string('x', 200)}"));
        using (var gives = System.Diagnostics.Process.Start("chown", ["-R", "65534:65534", hidden])) await gives.WaitForExitAsync();
        File.SetUnixFileMode(hidden, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var order = System.Text.Json.JsonSerializer.Serialize(Order with { Root = hidden, User = "65534" }, CheckpointJson.Plain.CheckpointOrder);
        using var child = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, [CheckpointExamination.Verb, order])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var status = Array.Empty<string>();
            await Eventually.TrueAsync(() => (status = File.ReadAllLines($"/proc/{child.Id}/status")).Contains("Uid:\t65534\t65534\t65534\t65534") && status.Contains("CapPrm:\t0000000000000000"),
                TimeSpan.FromSeconds(30), "it is that user and has no capability");
            foreach (var set in new[] { "CapPrm", "CapEff", "CapAmb" }) Assert.Contains($"{set}:\t0000000000000000", status);
            foreach (var thread in Directory.GetDirectories($"/proc/{child.Id}/task")) Assert.Contains("CapPrm:\t0000000000000000", File.ReadAllLines($"{thread}/status"));
            var told = await child.StandardOutput.ReadToEndAsync();
            Assert.Contains("\"At\":\"999-x", told, StringComparison.Ordinal);
            Assert.Contains("\"End\":{\"Skipped\"", told, StringComparison.Ordinal);
        }
        finally
        {
            child.Kill();
        }
    }

    [RootFact]
    public async Task Whoever_may_not_end_a_child_that_has_become_somebody_else_is_told_what_it_saw()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        File.SetUnixFileMode(_folder.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        var latest = await RealProgram.RunAsync(
            "setpriv",
            ["--reuid=1", "--regid=1", "--clear-groups", "--no-new-privs", .. Only("setuid", "setgid").Split(' '), Path.Join(AppContext.BaseDirectory, "forewarn"), "checkpoint", "latest", _folder.Root, "--as", "nobody"],
            "", TimeSpan.FromSeconds(60));
        Assert.Equal("", latest.Errors);
        Assert.Equal((0, _folder.PathOf(name)), (await latest.Ended, latest.Output.Trim()));
    }

    [RootFact]
    public async Task With_two_capabilities_and_no_root_nobody_becomes_root_and_without_them_nobody_else()
    {
        File.SetUnixFileMode(_folder.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        var program = Path.Join(AppContext.BaseDirectory, "forewarn");
        var with = Script($"exec setpriv --reuid=1 --regid=1 --clear-groups {Only("setuid", "setgid")} '{program}' \"$@\"");
        Assert.Equal("only root can look as root", (await RunAsync(with, Order with { User = "root" }, Ample)).Trouble);
        var without = Script($"exec setpriv --reuid=1 --regid=1 --clear-groups '{program}' \"$@\"");
        Assert.Equal("only root, or who has CAP_SETUID and CAP_SETGID, can look as somebody else", (await RunAsync(without, Order with { User = "nobody" }, Ample)).Trouble);
    }

    [Fact]
    public async Task A_user_that_is_not_there_is_said()
    {
        var answer = await RunAsync(Path.Join(AppContext.BaseDirectory, "forewarn"), Order with { User = "no-such-user" }, Ample);
        Assert.Equal((CheckpointAnswerEnd.Failed, "there is no user no-such-user"), (answer.End, answer.Trouble));
    }

    public void Dispose() => _folder.Dispose();

    private static Task<CheckpointAnswer> RunAsync(string program, CheckpointOrder order, TimeSpan within, Action<string, int>? progress = null) =>
        new CheckpointExamination(program, TimeProvider.System).RunAsync(order, within, progress, CancellationToken.None);

    /// <summary>setpriv(1): these capabilities, also for what is executed, and no others ever.</summary>
    private static string Only(params string[] capabilities)
    {
        var sets = "-all," + string.Join(',', capabilities.Select(one => "+" + one));
        return $"--bounding-set={sets} --inh-caps={sets} --ambient-caps={sets}";
    }

    private string Script(string text)
    {
        var path = Path.Join(_folder.Root, "child.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        return path;
    }
}
