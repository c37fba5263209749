using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>What a site says of one code; null where it leaves things as they are.</summary>
public sealed record CatalogOverride
{
    /// <summary>How grave.</summary>
    public Severity? Severity { get; init; }

    /// <summary>What to do with the work.</summary>
    public WorkAction? Work { get; init; }

    /// <summary>What to do with the device.</summary>
    public RepairAction? Repair { get; init; }

    /// <summary>The code is counted and stored, and never judged.</summary>
    public bool Ignore { get; init; }

    /// <summary>The remedy with what the site says in place of what was there; another repair brings its own latch.</summary>
    public Remedy Over(Remedy remedy) => new(
        Severity ?? remedy.Severity,
        new(Work ?? remedy.Actions.Work, Repair ?? remedy.Actions.Repair),
        Repair is { } repair ? Remedy.LatchOf(repair) : remedy.Latch);
}
