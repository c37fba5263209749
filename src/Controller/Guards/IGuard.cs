namespace Forewarn.Controller.Guards;

/// <summary>One reason not to act. The first guard that refuses is named in the decision; all are asked each time, nothing is remembered.</summary>
public interface IGuard
{
    /// <summary>Its name in records and metrics: lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>It is asked again at each look while the job still runs where it was: what it guards may change meanwhile, and is not what we changed ourselves.</summary>
    bool IsAskedAgain => false;

    /// <summary>It speaks for the job alone: what it refuses is left out of the choice, and the job's node can be drained all the same.</summary>
    bool IsOfJob => false;

    /// <summary>Why the proposal must not be carried out now; null when this guard has nothing against it.</summary>
    string? Refuse(Proposal proposal, GuardView view);
}
