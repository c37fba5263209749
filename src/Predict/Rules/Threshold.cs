namespace Forewarn.Predict.Rules;

/// <summary>A number of a rule that the site may set.</summary>
/// <param name="Name">Key in the rule's section of the configuration: <c>PerSecond</c>.</param>
/// <param name="Default">Unless the site sets another.</param>
/// <param name="Unit">Unit: "s", "°C", "%"; "" for a plain number.</param>
/// <param name="Least">Smallest value allowed.</param>
/// <param name="Most">Largest value allowed.</param>
/// <param name="Doc">One line: what it does.</param>
/// <param name="Origin">Where the default comes from: a vendor's document, a paper, a peer's code, or "own" and why.</param>
public sealed record Threshold(string Name, double Default, string Unit, double Least, double Most, string Doc, string Origin);
