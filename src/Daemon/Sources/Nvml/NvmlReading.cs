using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Makes one vendor call and writes its readings, if it succeeded; gives back its code.</summary>
internal delegate NvmlReturn NvmlCallback(NvmlSource source, NvmlTarget target, uint instance, SampleFrame into);

/// <summary>
/// One vendor call and the signals that it fills. Whoever reads writes the absences when it fails, and does not call again for a card that
/// said that it has no such thing.
/// </summary>
internal sealed record NvmlReading(NvmlCallback Call, params SignalId[] Signals)
{
    /// <summary>Whether a part of a card answers it too.</summary>
    public bool OfParts { get; init; }
}
