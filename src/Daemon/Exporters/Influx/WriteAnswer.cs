namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>What a server said to a request, or that it said nothing.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Text">The server's words or ours, one line; empty when all is well.</param>
internal sealed record WriteAnswer(Verdict Verdict, string Text = "")
{
    /// <summary>Numbers of the lines that are named as bad, from 0.</summary>
    public IReadOnlyList<int> BadLines { get; init; } = [];

    /// <summary>The lines that are named as bad by their text.</summary>
    public IReadOnlyList<string> BadTexts { get; init; } = [];

    /// <summary>How many points the server says that it dropped.</summary>
    public int Dropped { get; init; }

    /// <summary>How long it wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>It had all the time that was given, and did not answer.</summary>
    public bool IsTimeout { get; init; }

    /// <summary>Nothing more can be delivered now; the points wait.</summary>
    public bool MustWait => Verdict >= Verdict.Unreachable;

    /// <summary>It will not mend of itself.</summary>
    public bool NeedsSomebody => Verdict >= Verdict.Forbidden;
}
