using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>A verdict in words.</summary>
/// <param name="Summary">One line, with the number against its threshold, without the device's name.</param>
/// <param name="Evidence">What speaks for it, the most telling first.</param>
public readonly record struct Wording(string Summary, ImmutableArray<Evidence> Evidence)
{
    /// <summary>What would clear it, where it differs from the sheet.</summary>
    public string? ClearedBy { get; init; }
}
