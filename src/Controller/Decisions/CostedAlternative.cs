namespace Forewarn.Controller.Decisions;

/// <summary>One alternative and what it is expected to cost.</summary>
/// <param name="Alternative">Which.</param>
/// <param name="CardMinutes">Expected loss in card-minutes; infinite when it is out of the question.</param>
/// <param name="Reason">What the figure is made of, or why it is out of the question.</param>
public sealed record CostedAlternative(Alternative Alternative, double CardMinutes, string Reason)
{
    /// <summary>It can be done at all.</summary>
    public bool IsPossible => double.IsFinite(CardMinutes);
}
