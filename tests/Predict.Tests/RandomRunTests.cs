using Forewarn.Model;
using Forewarn.Predict.States;

namespace Forewarn.Predict.Tests;

/// <summary>What holds whatever happens; a seed that breaks it is in the test's name.</summary>
public class RandomRunTests
{
    private const int Seconds = 1500;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Who_follows_the_transitions_knows_what_stands(int seed)
    {
        var run = new RandomRun(seed, 3, isClockSet: true);
        var restarts = new Random(-seed);
        for (var second = 0; second < Seconds; second++)
        {
            run.Step();
            if (restarts.Next(300) == 0) run.Node.Restart(isMemoryLost: restarts.Next(2) == 0);
            if (second % 50 == 0 || second == Seconds - 1) Assert.Equal(Told(run.Node), Standing(run.Node));
        }

        Assert.Empty(run.Node.Judge.Faults);
        Assert.True(run.Node.Told(HealthEventKind.FindingRaised) > 10);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Who_was_stopped_and_started_again_tells_the_same_as_who_was_not(int seed)
    {
        // Without clocks that are set: windows are moved by whole pieces, so that a number may pass its threshold a second earlier or later.
        var (through, broken) = (new RandomRun(seed, 3, isClockSet: false), new RandomRun(seed, 3, isClockSet: false));
        var restarts = new Random(-seed);
        for (var second = 0; second < Seconds; second++)
        {
            through.Step();
            broken.Step();
            if (restarts.Next(100) == 0) broken.Node.Restart();
        }

        var (whole, pieces) = (Lines(through.Node), Lines(broken.Node));
        foreach (var (one, other) in whole.Zip(pieces)) Assert.Equal(one, other);
        Assert.Equal(whole.Count, pieces.Count);
    }

    // Of the words the store has those of the last transition, which may have been put anew since.
    private static List<string> Lines(TestNode node) => [.. node.Transitions.Where(transition => transition.Finding is not null).Select(Line)];

    private static string Line(Transition transition)
        => $"{transition.At:HH:mm:ss.f} {transition.Kind} {transition.Device.Id} {transition.Finding?.Rule} {transition.Finding?.Key} {transition.Finding?.Severity}"
            + $" {transition.Finding?.FirstSeen:HH:mm:ss.f} {transition.Finding?.LastSeen:HH:mm:ss.f} {transition.Finding?.Count} {transition.Finding?.IsObserved} {(transition.Kind == HealthEventKind.FindingCleared ? transition.Why : "")}";

    private static string[] Told(TestNode node) => [.. Replay.Open(node.Transitions).Select(Line).Order()];

    private static string[] Standing(TestNode node)
        => [.. node.Node.Devices.SelectMany(card => node.Judge.AssessmentOf(card.Device.Id)!.Findings).Select(Line).Order()];

    private static string Line(Finding finding) => $"{finding.Device} {finding.Rule} {finding.Key} {finding.Severity} {finding.Actions} {finding.IsObserved} {finding.FirstSeen}";
}
