using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>One code that says that what another told is over.</summary>
/// <param name="Kind">Of both.</param>
/// <param name="Code">What is over.</param>
/// <param name="End">What says so.</param>
/// <param name="What">For a person.</param>
/// <param name="Source">Where the row comes from.</param>
public sealed record CancelPair(HealthEventKind Kind, int Code, int End, string What, string Source);
