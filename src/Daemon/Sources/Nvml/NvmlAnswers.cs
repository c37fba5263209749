using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>What one card answered in one call group: which calls it has no such thing for, and the field values it offers.</summary>
internal sealed class NvmlAnswers
{
    private readonly NvmlReturn[] _codes;
    private readonly int _readings;

    public NvmlAnswers(NvmlReader reader, NvmlTarget target)
    {
        Instances = reader.Instances?.Invoke(target) ?? 1;
        _readings = reader.Readings.Length;
        _codes = new NvmlReturn[_readings * Instances];
        var hasFields = reader.Fields.Length > 0 && target.Parent is null;
        Batches = hasFields
            ? [.. Enumerable.Range(0, Instances).Select(instance => new NvmlFieldBatch(reader.Fields, reader.Instances is null ? null : (ushort)instance))]
            : [];
    }

    /// <summary>How often the group is read.</summary>
    public int Instances { get; }

    /// <summary>One for each instance; none where the group has no fields.</summary>
    public NvmlFieldBatch[] Batches { get; }

    /// <summary>Success until the card says for good that it does not offer the reading.</summary>
    public ref NvmlReturn Code(int reading, uint instance) => ref _codes[(instance * _readings) + reading];
}
