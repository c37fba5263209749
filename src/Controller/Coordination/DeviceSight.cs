using System.Collections.Immutable;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>How one device stands, as far as moving work depends on it.</summary>
public sealed record DeviceSight
{
    /// <summary>Which; <see cref="DeviceId.Node"/> for the node itself.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>The card by the scheduler's count within the node; −1 when nobody knows, and then every job of the node may hold it.</summary>
    public int Card { get; init; } = -1;

    /// <summary>How ill.</summary>
    public required HealthState State { get; init; }

    /// <summary>The rule that speaks loudest.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The maker's error code behind it; 0 where it comes from none.</summary>
    public long Code { get; init; }

    /// <summary>What the findings ask for.</summary>
    public RecommendedActions Actions { get; init; }

    /// <summary>Chance of failure.</summary>
    public FailureProbability Probability { get; init; }

    /// <summary>Jobs whose processes are on it.</summary>
    public ImmutableArray<string> Jobs { get; init; } = [];

    /// <summary>Something is to be told of it: its work ended, or should.</summary>
    public bool IsTrouble => Actions.Work >= WorkAction.RestartApplication || State == HealthState.Failed;

    /// <summary>Out of a report.</summary>
    /// <param name="reported">The device.</param>
    /// <param name="card">The scheduler's card of a minor number within this node; −1 for one that it has not.</param>
    public static DeviceSight Of(ReportedDevice reported, Func<int, int> card) => new()
    {
        Device = new(reported.Id),
        Card = reported.Minor < 0 ? -1 : card(reported.Minor),
        State = reported.State,
        Rule = reported.Rule,
        Code = reported.Code,
        Actions = reported.Actions,
        Probability = reported.Probability,
        Jobs = reported.Jobs.IsDefault ? [] : reported.Jobs,
    };
}
