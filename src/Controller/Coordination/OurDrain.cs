namespace Forewarn.Controller.Coordination;

/// <summary>A node that we took out of service.</summary>
public sealed record OurDrain
{
    /// <summary>Which.</summary>
    public required string Node { get; init; }

    /// <summary>Because of which trouble.</summary>
    public required long Incident { get; init; }

    /// <summary>What its scheduler is told as the reason.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>It was seen out of service: from here on, who brings it back overrules us.</summary>
    public bool WasOut { get; init; }

    /// <summary>When we gave it back ourselves; null while we have not.</summary>
    public DateTimeOffset? Returned { get; init; }

    /// <summary>When a person was seen to have put it back into service; null when nobody has.</summary>
    public DateTimeOffset? Lifted { get; init; }
}
