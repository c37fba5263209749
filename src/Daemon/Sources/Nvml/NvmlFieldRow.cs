using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>A field value and the signal that it fills.</summary>
/// <param name="Field">Its id; null where this driver has none.</param>
/// <param name="Signal">What it is.</param>
/// <param name="Unit">What its number is divided by to be in the signal's base unit.</param>
internal readonly record struct NvmlFieldRow(uint? Field, SignalId Signal, double Unit = 1)
{
    /// <summary>How its number is to be understood.</summary>
    public NvmlFieldForm Form { get; init; }

    /// <summary>What it is asked for; the instance, where the rows are read per instance.</summary>
    public uint Scope { get; init; }

    /// <summary>What its signal is told of, where that is neither the card nor the instance that the rows are read of: a lane.</summary>
    public ushort? Instance { get; init; }

    /// <summary>Above it, in the base unit, the number is no measurement.</summary>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>What its number is multiplied with.</summary>
    public double Times { get; init; } = 1;

    /// <summary>Another field that tells the same where this one is not offered.</summary>
    public NvmlFieldAlternative? Else { get; init; }
}

/// <summary>A field in place of another, and what its number is multiplied with.</summary>
internal sealed record NvmlFieldAlternative(uint Field, double Times);

/// <summary>How the number of a field is to be understood.</summary>
internal enum NvmlFieldForm : byte
{
    /// <summary>As it is.</summary>
    Number,

    /// <summary>As a bit error ratio: exponent in bits 0 to 7, mantissa in bits 8 to 11 (nvml.h).</summary>
    BitErrorRatio,

    /// <summary>As the place of an NVLink generation in nvml.h's list.</summary>
    LinkGeneration,
}
