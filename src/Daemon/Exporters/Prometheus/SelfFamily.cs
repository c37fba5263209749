using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>One row of <see cref="SelfCatalog"/>: a family that does not come from a vendor's reading.</summary>
internal sealed class SelfFamily(string name, FamilyType type, SignalUnit unit, string help, params SelfLabel[] labels)
{
    /// <summary>Name of its samples; a histogram's without <c>_bucket</c>, <c>_sum</c>, <c>_count</c>.</summary>
    public string Name => name;

    public FamilyType Type => type;

    public SignalUnit Unit => unit;

    public string Help => help;

    /// <summary>Its own labels; the families of a device carry uuid, index and vendor before these.</summary>
    public IReadOnlyList<SelfLabel> Labels => labels;

    public FamilyHeader Header { get; } = new(name, type, unit, help);

    public byte[] Series(params ReadOnlySpan<SignalLabel> values) => SeriesName.Encode(name, values);
}

/// <summary>A label of a family and, for the documentation, what it can be.</summary>
internal readonly record struct SelfLabel(string Key, string Values);
