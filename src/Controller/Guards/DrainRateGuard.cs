using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Guards;

/// <summary>Many drains at once are more often a mistake than many faults.</summary>
internal sealed class DrainRateGuard : IGuard
{
    public string Name => "drain-rate";

    public string? Refuse(Proposal proposal, GuardView view)
    {
        if (proposal.IsRepair) return null;
        if (proposal.Alternative == Alternative.Nothing || proposal.IsApproved) return null;
        var lately = view.Drains.Count(at => view.Now - at < view.Settings.RateWindow);
        return lately < view.Settings.DrainsPerWindow ? null : FormattableString.Invariant($"{lately} nodes were drained within {view.Settings.RateWindow}, and {view.Settings.DrainsPerWindow} may be");
    }
}
