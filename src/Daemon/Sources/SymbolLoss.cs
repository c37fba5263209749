using Forewarn.Model;

namespace Forewarn.Daemon.Sources;

/// <summary>What is not read without a function: signals, and in words what is no signal. Nothing at all where nothing needs it yet.</summary>
internal sealed record SymbolLoss(string? Other, params IReadOnlyList<SignalId> Signals)
{
    public static readonly SymbolLoss Nothing = new(null, []);

    /// <summary>Another function that gives the same: only where that is missing too is anything lost.</summary>
    public string? Unless { get; init; }

    /// <summary>The first driver that has the function; null where every one that is understood has it.</summary>
    public Version? Since { get; init; }

    /// <summary>True for what is read with [Source.NAME] Profiling=yes alone.</summary>
    public bool OfProfiling { get; init; }

    public static SymbolLoss Of(params IReadOnlyList<SignalId> signals) => new(null, signals);

    /// <summary>What is really lost where these functions are missing.</summary>
    public SymbolLoss Among(IReadOnlyCollection<string> missing) => Unless is null || missing.Contains(Unless) ? this : Nothing;

    public bool IsNothing => Other is null && Signals.Count == 0;

    /// <summary>The signals by their metric and labels, then the rest.</summary>
    public override string ToString() =>
        string.Join(", ", Signals.Select(Metric).Concat(Other is null ? [] : [Other]));

    private static string Metric(SignalId id)
    {
        var signal = SignalCatalog.Of(id);
        var labels = string.Join(',', signal.Labels.Select(label => $"{label.Key}={label.Value}"));
        return labels.Length == 0 ? signal.Family.Name : $"{signal.Family.Name}{{{labels}}}";
    }
}
