using System.Collections.Immutable;

namespace Forewarn.Controller.Guards;

/// <summary>All guards, in the order in which they are asked: those that say "not ours at all" before those that say "not now".</summary>
public static class Guard
{
    /// <summary>The list. A new guard is one file and one line.</summary>
    public static ImmutableArray<IGuard> All { get; } =
    [
        new StaleSightGuard(),
        new UnknownStateGuard(),
        new OptOutGuard(),
        new UnmovableJobGuard(),
        new PeopleGuard(),
        new ForeignDrainGuard(),
        new SoftwareGuard(),
        new FleetTroubleGuard(),
        new DrainedShareGuard(),
        new DomainShareGuard(),
        new RestartBudgetGuard(),
        new DrainRateGuard(),
        new RepairBudgetGuard(),
        new ModeGuard(),
    ];

    /// <summary>The first refusal, with the guard's name; null when all let it pass.</summary>
    /// <param name="asked">Who is asked, in this order.</param>
    /// <param name="proposal">What is to be done, or is being done.</param>
    /// <param name="view">What the guards look at.</param>
    public static (string Guard, string Why)? Refusal(IEnumerable<IGuard> asked, Proposal proposal, GuardView view)
    {
        foreach (var guard in asked)
        {
            if (guard.Refuse(proposal, view) is { } why) return (guard.Name, why);
        }

        return null;
    }
}
