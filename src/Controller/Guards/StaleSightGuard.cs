namespace Forewarn.Controller.Guards;

/// <summary>Never on half a picture, nor on an old one.</summary>
internal sealed class StaleSightGuard : IGuard
{
    public string Name => "stale-sight";

    public string? Refuse(Proposal proposal, GuardView view) => view.Cluster switch
    {
        null => "the scheduler has not been read",
        { At: var at } when view.Now - at > view.Settings.FreshSight => FormattableString.Invariant($"the scheduler was last read {(view.Now - at).TotalSeconds:0} s ago"),
        _ => null,
    };
}
