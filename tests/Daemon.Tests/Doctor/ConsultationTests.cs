using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Doctor;

public class ConsultationTests
{
    private static readonly Patient Nobody = new()
    {
        Configuration = new ConfigurationLoader(new SettingCatalog([])).Load(new("/nonexistent", Required: false), []),
        Agent = new() { Socket = "/nonexistent" },
        Root = "/",
        IsSimulated = false,
        Version = "1.2.3",
        OwnUid = 0,
        Sources = [],
        Now = DateTimeOffset.UnixEpoch,
        Monotonic = TimeSpan.Zero,
    };

    private static readonly DoctorCheck Good = new("A", "good", _ => [Finding.Ok("fine")]);

    [Fact(Timeout = 10_000)]
    public async Task A_check_that_throws_says_so_and_costs_only_itself()
    {
        DoctorCheck bad = new("A", "bad", _ => throw new InvalidOperationException("nonsense in /proc/x"));
        var reports = await new Consultation(new ManualTimeProvider()).RunAsync([bad, Good], Nobody, CancellationToken.None);
        Assert.Equal([Severity.Warning, Severity.Ok], reports.Select(report => report.Severity));
        Assert.Equal("this check failed: nonsense in /proc/x", reports[0].Text);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_check_that_hangs_is_given_up_at_the_deadline()
    {
        var time = new ManualTimeProvider();
        using var never = new ManualResetEventSlim();
        DoctorCheck hung = new("A", "hung", _ =>
        {
            never.Wait();
            return [];
        });
        var running = new Consultation(time).RunAsync([hung, Good], Nobody, CancellationToken.None);
        Assert.False(running.IsCompleted);
        time.Advance(Consultation.Deadline);
        var reports = await running;
        never.Set();
        Assert.Equal(["hung", "good"], reports.Select(report => report.Check));
        Assert.StartsWith("this check did not come to an end within 5 s", reports[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_screen_groups_aligns_and_counts()
    {
        CheckReport[] checks =
        [
            new("Forewarn", "agent", Severity.Problem, "cannot be reached", "systemctl start forewarn"),
            new("Forewarn", "configuration", Severity.Ok, "good", null),
            new("This machine", "clock", Severity.Note, "one two three four five six seven eight nine", "x"),
        ];
        var lines = new DoctorScreen(DoctorReport.Of(Nobody, checks)).Render(60).ToArray();
        Assert.Equal(
            """
            Forewarn
              problem  agent          cannot be reached
                                      do: systemctl start forewarn
              ok       configuration  good

            This machine
              note     clock          one two three four five six seven
                                        eight nine
                                      do: x

            1 ok, 1 notes, 0 warnings, 1 problems
            """,
            string.Join('\n', lines.Select(line => line.Text)));
        Assert.Equal(Tone.Bad, lines[1].Tone);
    }

    [Fact]
    public async Task The_options_are_handed_to_the_role()
    {
        var command = await Tests.Cli.Command.RunAsync(["doctor", "--set", "Agent.Root=/x", "--socket", "/s", "--json"]);
        Assert.Equal(8, command.Code);
        Assert.True(command.Doctor!.Json);
        Assert.Equal(["Agent.Root=/x", "Agent.Socket=/s"], command.Doctor.Overrides.Select(given => given.Assignment));
    }
}
