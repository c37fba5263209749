using System.Text.Json;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>What a user of <c>forewarn doctor</c> sees of one finding.</summary>
internal sealed record DoctorFinding(string Theme, string Check, string Severity, string Text, string? Todo);

/// <summary>One run of the real <c>forewarn doctor</c>.</summary>
internal sealed record DoctorUnderTest(int Code, string Output, string Errors)
{
    // A call's deadline of 10 s twice, and a machine that is busy with other tests.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Plain = new() { ["LC_ALL"] = "C", ["TERM"] = "dumb" };

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public IReadOnlyList<DoctorFinding> Findings =>
    [
        .. Json.GetProperty("checks").EnumerateArray().Select(check => new DoctorFinding(
            Text(check, "theme")!, Text(check, "check")!, Text(check, "severity")!, Text(check, "text")!, Text(check, "todo"))),
    ];

    /// <summary>Asks about the agent that serves this socket; its state directory and port are not the defaults, so it is told.</summary>
    public static Task<DoctorUnderTest> OfAsync(AgentUnderTest agent, params string[] more) =>
        RunAsync(["--socket", agent.SocketPath, "--set", "Agent.Listen=none", .. more]);

    public static Task<DoctorUnderTest> RunAsync(params string[] arguments) => RunAsync([Product.Program], arguments);

    /// <summary>As another user.</summary>
    public static Task<DoctorUnderTest> RunAsNobodyAsync(params string[] arguments) =>
        RunAsync(["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", Product.Program], arguments);

    /// <summary>Of the controller, which acts, beside the Slurm of this configuration.</summary>
    public static Task<DoctorUnderTest> OfControllerAsync(string slurm, bool asNobody) => RunAsync(
        [.. asNobody ? (string[])["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [], "env", "SLURM_CONF=" + slurm, Product.Program],
        ["--controller", "--json", "--socket", "/nonexistent/controller.sock", "--set", "Recovery.Scheduler=slurm", "--set", "Recovery.Mode=auto"]);

    public DoctorFinding One(string check) => Findings.Single(finding => finding.Check == check);

    private static async Task<DoctorUnderTest> RunAsync(string[] program, string[] arguments)
    {
        await using var run = RealProgram.Start(program[0], [.. program[1..], "doctor", .. arguments], Plain);
        var code = await run.Ended.WaitAsync(Longest, TimeProvider.System);
        return new(code, run.Output, run.Errors);
    }

    private static string? Text(JsonElement check, string name) =>
        check.TryGetProperty(name, out var value) ? value.GetString() : null;
}
