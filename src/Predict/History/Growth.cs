namespace Forewarn.Predict.History;

/// <summary>How a counter grew within a window, and whether that came at once or bit by bit.</summary>
/// <param name="Total">All growth.</param>
/// <param name="WithoutPeak">What is left of it without the twelfth of the window in which most came: nothing, when it came at once.</param>
/// <param name="Span">Twelfths of the window from the oldest growth to the newest; 0 when all lies in one.</param>
public readonly record struct Growth(double Total, double WithoutPeak, int Span)
{
    /// <summary>
    /// It flowed rather than jumped. A jump (a driver that counts otherwise, a counter read again after a gap) leaves nothing without its
    /// peak, two readings of like size leave a half, a steady flow eleven twelfths. A quarter: own, between the first two.
    /// </summary>
    public bool IsSustained => Total > 0 && WithoutPeak >= Total / 4;

    /// <summary>
    /// It came at two times at least with a whole twelfth of the window between them, and more than the greatest twelfth alone: a burst that lies
    /// across a border is one.
    /// </summary>
    public bool IsRepeated => Span >= 2 && WithoutPeak >= 1;
}
