using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>What the ledger knows of one thing that a rule says or said.</summary>
internal sealed class OpenFinding(IHealthRule rule, long key, DateTimeOffset since)
{
    public IHealthRule Rule => rule;

    public long Key => key;

    /// <summary>When it began to hold.</summary>
    public DateTimeOffset Since { get; set; } = since;

    /// <summary>When it last held.</summary>
    public DateTimeOffset Held { get; set; } = since;

    /// <summary>Since when its evidence is gone; null while it holds.</summary>
    public DateTimeOffset? Gone { get; set; }

    /// <summary>The verdict as it was last put into words.</summary>
    public Verdict Told { get; set; }

    /// <summary>What everybody sees; null while it is not sure yet.</summary>
    public Finding? Finding { get; set; }

    /// <summary>Seen in this round of questions.</summary>
    public bool IsMentioned { get; set; }

    /// <summary>An operator cleared it at this value: it stays away until it goes or grows worse. Null when nobody did.</summary>
    public (DateTimeOffset At, double Value)? Dismissed { get; set; }
}
