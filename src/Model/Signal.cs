namespace Forewarn.Model;

/// <summary>A metric family: what several signals that differ only in a label share.</summary>
/// <param name="Name">Prometheus name, with base unit and <c>_total</c> where it counts.</param>
/// <param name="Kind">Gauge, counter or state.</param>
/// <param name="Unit">Base unit of every value.</param>
/// <param name="Help">One sentence for the HELP line and the documentation.</param>
public sealed record MetricFamily(string Name, SignalKind Kind, SignalUnit Unit, string Help);

/// <summary>A fixed label of a signal.</summary>
/// <param name="Key">Label name.</param>
/// <param name="Value">Label value.</param>
public readonly record struct SignalLabel(string Key, string Value);

/// <summary>One row of the catalogue: something that can be measured.</summary>
/// <param name="Id">Its number, which frames carry.</param>
/// <param name="Family">The metric it belongs to.</param>
/// <param name="Group">How often it is read.</param>
/// <param name="InstanceLabel">Label that carries <see cref="Reading.Instance"/>; null where there is only one.</param>
/// <param name="Labels">At most two fixed labels, one where there is an instance label.</param>
public sealed record Signal(SignalId Id, MetricFamily Family, SampleGroup Group, string? InstanceLabel, IReadOnlyList<SignalLabel> Labels)
{
    /// <summary>A counter that the maker lets start again at zero when it is full, so that its fall says nothing of a restart.</summary>
    public bool Wraps { get; init; }

    /// <summary>
    /// Counted over the card's life, also where it is told as a gauge: it only grows, and neither a reset nor a load of the driver restarts it.
    /// </summary>
    public bool IsOfLife { get; init; }

    /// <summary>
    /// A counter that nobody can set back: where one is read, it alone tells of a restart, and while it goes on the fall of others (somebody cleared
    /// the errors) tells of none.
    /// </summary>
    public bool IsFirm { get; init; }

    /// <summary>Its fall may tell of a reset or a load of the driver. That of a link's counter does not: a link is brought back, or cleared, by itself.</summary>
    public bool MayTellRestart => Family.Kind == SignalKind.Counter && InstanceLabel is null && !Wraps && !IsOfLife;
}
