using System.Collections.Immutable;

namespace Forewarn.Controller.Reports;

/// <summary>What is known of a card wherever it was, by its serial.</summary>
/// <param name="Serial">Of the card.</param>
/// <param name="Nodes">Where it was seen, the newest last.</param>
/// <param name="Transitions">What happened to it, the oldest first; bounded.</param>
public sealed record CardHistory(string Serial, ImmutableArray<string> Nodes, ImmutableArray<ReportedTransition> Transitions);
