namespace Forewarn.Daemon.Pipeline;

/// <summary>Somebody works at the node: what is found is kept, nobody need be called. Immutable.</summary>
/// <param name="By">Who said so: a person, or a scheduler's reservation.</param>
/// <param name="Reason">Why; empty when not told.</param>
/// <param name="Since">From when on.</param>
/// <param name="Until">When it ends by itself; null when somebody will end it.</param>
internal sealed record Maintenance(string By, string Reason, DateTimeOffset Since, DateTimeOffset? Until)
{
    public bool IsOver(DateTimeOffset now) => Until is { } end && now >= end;
}
