using Forewarn.Controller.Coordination;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>One plan: where to, why there, why nowhere else, and how far it has come.</summary>
internal static class PlanScreen
{
    public static IEnumerable<Line> Render(PlanAnswer plan, int width, TimeZoneInfo zone)
    {
        if (plan.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        yield return new($"plan {plan.Id}: {plan.State}{(plan.Guard is { } guard ? $", {(plan.Verdict is Verdict.Refused or Verdict.AwaitsApproval ? "" : "more ")}refused by guard {guard}" : "")}");
        foreach (var text in LabelledText.Lines("job   ", $"{plan.Job} of {plan.User ?? Quantity.Unknown}", width)) yield return new(text);
        foreach (var text in LabelledText.Lines("off   ", string.Join(", ", plan.Nodes), width)) yield return new(text);
        foreach (var text in LabelledText.Lines("onto  ", string.Join(", ", plan.Destinations), width)) yield return new(text);
        foreach (var text in LabelledText.Lines("why   ", plan.Why, width)) yield return new(text);
        if (plan.Order is { } order)
        {
            foreach (var text in LabelledText.Lines("order ", $"{order.Order} by {order.Who}{(order.Reason is { } reason ? $": {reason}" : "")}", width)) yield return new(text);
        }

        foreach (var line in IncidentScreen.Alternatives(plan.Alternatives, plan.Chosen, width)) yield return line;
        foreach (var text in plan.Placement.SelectMany(line => LabelledText.Lines("  ", line, width))) yield return new(text);
        foreach (var losing in plan.Losing)
        {
            foreach (var text in LabelledText.Lines("  lost: ", $"{string.Join(", ", losing.Moves)}, by {losing.LostBy}: {losing.Words}", width)) yield return new(text);
        }

        foreach (var line in IncidentScreen.Moves(plan.Move is null ? [] : [plan.Move], plan.Time, width, zone)) yield return line;
    }
}
