using System.Text.Json;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Recovery;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Join(_folder.Path, "log", "audit.jsonl");

    [Fact]
    public async Task Each_command_and_each_order_is_a_line_with_who_what_why_and_when()
    {
        string[] lines;
        await using (var fleet = await JoinedFleet.StartAsync(ActionMode.Approve))
        {
            fleet.Announce("n3");
            await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
            await Command.RunAsync(["fleet", "approve", "1", "--reason", "go on", "--socket", fleet.Served.Socket]);
            await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed });
            await fleet.Host.Audit.DisposeAsync(); // what was added is written
            lines = await System.IO.File.ReadAllLinesAsync(Path.Join(fleet.StateDir, RecoveryHost.AuditFile));
            Assert.Equal((lines.Length, 0L), ((int)fleet.Host.Audit.Written, fleet.Host.Audit.Lost));
            Assert.Equal(fleet.Cluster.Done.Count + 1, lines.Count(line => !line.Contains("\"refused\":", StringComparison.Ordinal)));
        }

        var read = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("Approve", read[0].GetProperty("what").GetString());
        Assert.StartsWith("uid ", read[0].GetProperty("who").GetString(), StringComparison.Ordinal);
        Assert.Equal(("go on", 1L, 1L, "41"), (read[0].GetProperty("why").GetString(), read[0].GetProperty("epoch").GetInt64(), read[0].GetProperty("incident").GetInt64(), read[0].GetProperty("job").GetString()));
        var drain = Assert.Single(read, line => line.GetProperty("what").GetString() == "TakeOut");
        Assert.Equal("controller", drain.GetProperty("who").GetString());
        Assert.Contains("n3", drain.GetProperty("action").GetString(), StringComparison.Ordinal);
        Assert.Equal(read[0].GetProperty("who").GetString(), drain.GetProperty("approved_by").GetString());
        Assert.NotEqual("", drain.GetProperty("why").GetString());
        Assert.False(drain.TryGetProperty("refused", out _));
    }

    [Fact]
    public void A_node_that_is_given_back_by_somebodys_order_names_who_gave_it()
    {
        var at = DateTimeOffset.UnixEpoch.AddDays(20000);
        var ordered = ControllerState.Empty
            .With(new JournalEntry.OfIncident(new() { Id = 3, Node = "n3", Device = DeviceId.Node, Opened = at, Rule = "lost", Actions = RecommendedActions.None, State = HealthState.Failed }) { At = at })
            .With(new JournalEntry.OfOrder(new(OrderKind.Return, "uid 0 (root)", "it is well", Node: "n3")) { At = at });
        Assert.Equal("uid 0 (root)", Approver("PutBack"));
        Assert.Null(Approver("TakeOut"));

        string? Approver(string what) => AuditLine.Of(ordered, new JournalEntry.OfAct(3, what, "n3", at, "") { At = at })!.ApprovedBy;
    }

    [Fact]
    public async Task A_file_that_is_full_is_put_aside_and_the_oldest_goes()
    {
        await using (var log = Open(100))
        {
            for (var i = 0; i < 14; i++) log.Add($"{i:00} {new string('x', 46)}\n"); // 50 bytes: two fill a file
        }

        Assert.Equal("12", (await System.IO.File.ReadAllTextAsync(File))[..2]);
        Assert.Equal(["10", "08", "06", "04"], Enumerable.Range(1, 4).Select(number => System.IO.File.ReadAllText($"{File}.{number}")[..2]));
        Assert.False(System.IO.File.Exists(File + ".5"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task Who_put_the_file_aside_gets_no_more_of_it_once_it_is_opened_anew()
    {
        await using (var log = Open(0))
        {
            log.Add("one\n");
            await Eventually.TrueAsync(() => log.Written == 1, TimeSpan.FromSeconds(20), "one is written");
            System.IO.File.Move(File, File + ".moved");
            log.Reopen();
            log.Add("two\n");
        }

        Assert.Equal(("one\n", "two\n"), (await System.IO.File.ReadAllTextAsync(File + ".moved"), await System.IO.File.ReadAllTextAsync(File)));
    }

    [Fact]
    public async Task A_disk_that_refuses_costs_lines_that_are_counted_and_is_said_until_it_takes_them_again()
    {
        System.IO.File.WriteAllText(Path.Join(_folder.Path, "log"), "a file where a folder should be");
        await using var log = Open(0);
        log.Add("one\n");
        await Eventually.TrueAsync(() => log.Lost == 1, TimeSpan.FromSeconds(20), "one is lost");
        await Eventually.TrueAsync(() => log.Trouble is not null, TimeSpan.FromSeconds(20), "it is said");
        System.IO.File.Delete(Path.Join(_folder.Path, "log"));
        log.Add("two\n");
        await Eventually.TrueAsync(() => log is { Written: 1, Trouble: null }, TimeSpan.FromSeconds(20), "two is written");
        Assert.Equal("two\n", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_controller_whose_audit_log_cannot_be_written_goes_on_and_says_so()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        Directory.CreateDirectory(Path.Join(fleet.StateDir, RecoveryHost.AuditFile)); // no file can have that name now
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed, Outcome: RecoveryOutcome.Recovered });
        await Eventually.TrueAsync(() => fleet.Host.Audit is { Lost: > 0, Trouble: not null }, TimeSpan.FromSeconds(20), "lines are lost");
        Assert.Contains("NOT AUDITED: ", (await Command.RunAsync(["fleet", "status", "--socket", fleet.Served.Socket])).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("forewarn_controller_audit_lines_lost_total 0\n", await fleet.Served.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_users_text_stays_on_its_line()
    {
        var order = new JournalEntry.OfOrder(new(OrderKind.Hold, "uid 0 (root)", "a\nb", Node: "n3")) { At = default };
        Assert.Equal(1, AuditLine.Of(ControllerState.Empty, order)!.Text().Count(letter => letter == '\n'));
        Assert.Null(AuditLine.Of(ControllerState.Empty, new JournalEntry.OfLook(default, default) { At = default }));
    }

    public void Dispose() => _folder.Dispose();

    private AuditLog Open(long most) => new(File, most, TimeProvider.System, NullLogger.Instance);
}
