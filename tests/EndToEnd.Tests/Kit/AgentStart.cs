using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>With which words an agent is started.</summary>
internal sealed record AgentStart
{
    /// <summary>Profile, scenario or scenario's file; null when the test provides the node.</summary>
    public string? Simulate { get; init; } = "h100-8";

    /// <summary>Section.Key=Value.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Where HTTP is served; by default on the socket alone, so that tests do not meet at a port.</summary>
    public string Listen { get; init; } = "none";

    /// <summary>The configuration's file; an empty one when null.</summary>
    public string? Config { get; init; }

    /// <summary>A folder that outlives this agent; one of its own when null.</summary>
    public TemporaryFolder? Folder { get; init; }

    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public IEnumerable<string> Arguments(TemporaryFolder folder)
    {
        List<string> words = ["agent", "--config", Config ?? folder.Write("forewarn.conf", "")];
        string[] own =
        [
            $"Agent.RuntimeDir={Path.Join(folder.Path, "run")}", $"Agent.StateDir={Path.Join(folder.Path, "state")}",
            $"Agent.Socket={Path.Join(folder.Path, "s")}", $"Agent.Listen={Listen}",
            $"Simulation.Directory={Path.GetDirectoryName(Product.SimulatedNode)}",
        ];
        foreach (var setting in own.Concat(Settings)) words.AddRange(["--set", setting]);
        if (Simulate is not null) words.AddRange(["--simulate", Simulate]);
        return words;
    }
}
