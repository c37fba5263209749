using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary><c>nvidia-peermem FUNC:LINE ERROR text</c>: network adapters cannot read a GPU's memory. What is not an error is chatter.</summary>
internal sealed partial class PeerMemoryLine : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["nvidia-peermem "];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        if (!match.Groups["error"].Success && !line.IsWarning) return null;
        return new()
        {
            Kind = HealthEventKind.PeerMemoryTrouble,
            Text = $"nvidia-peermem: {match.Text("message")}",
            Detail = new() { Unit = match.Text("function"), Place = $"line {match.Text("line")}" },
        };
    }

    [GeneratedRegex(@"^nvidia-peermem (?<function>\w+):(?<line>\d+) (?<error>ERROR )?(?<message>.*)$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();
}
