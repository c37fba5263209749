using Forewarn.Model;
using Forewarn.Predict.States;

namespace Forewarn.Predict.Tests;

/// <summary>What somebody knows who was told of every transition and of nothing else; strict about what may follow what.</summary>
internal static class Replay
{
    /// <summary>The findings that are raised and not cleared, in the order in which they were raised.</summary>
    public static IReadOnlyList<Finding> Open(IEnumerable<Transition> transitions)
    {
        var open = new List<Finding>();
        foreach (var transition in transitions)
        {
            if (transition.Finding is not { } finding) continue;
            var stands = open.FindIndex(known => (known.Device, known.Rule, known.Key) == (finding.Device, finding.Rule, finding.Key));
            switch (transition.Kind)
            {
                case HealthEventKind.FindingRaised:
                    Assert.True(stands < 0, $"{finding.Rule} {finding.Key} of {finding.Device} is raised twice");
                    open.Add(finding);
                    break;
                case HealthEventKind.FindingChanged:
                    Assert.True(stands >= 0, $"{finding.Rule} {finding.Key} of {finding.Device} changes and was not raised");
                    open[stands] = finding;
                    break;
                case HealthEventKind.FindingCleared:
                    Assert.True(stands >= 0, $"{finding.Rule} {finding.Key} of {finding.Device} is cleared and was not raised");
                    open.RemoveAt(stands);
                    break;
            }
        }

        return open;
    }
}
