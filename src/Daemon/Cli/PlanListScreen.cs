using System.Globalization;
using Forewarn.Controller.Coordination;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>The plans to move jobs, a row each.</summary>
internal static class PlanListScreen
{
    private static readonly TextColumn[] Columns = [new("PLAN"), new("USER", Drop: 1), new("STATE"), new("OFF", Flexible: true), new("ONTO", Flexible: true), new("WHY", Flexible: true)];

    public static IEnumerable<Line> Render(PlanList list, int width)
    {
        if (list.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        yield return new(string.Create(CultureInfo.InvariantCulture, $"{list.Total} plans to move jobs"));
        var plans = list.Plans.ToList();
        if (plans.Count == 0) yield break;
        var table = new TextTable(Columns);
        foreach (var plan in plans) table.Add(plan.Id, plan.User ?? Quantity.Unknown, plan.State.ToString(), string.Join(',', plan.Nodes), string.Join(',', plan.Destinations), plan.Why);
        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, plan) in lines.Skip(1).Zip(plans)) yield return new(text, plan.State is PlanState.Proposed or PlanState.Running ? Tone.Warning : Tone.Plain);
    }
}
