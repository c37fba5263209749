using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>In the order in which they are called; a card that hangs tends to do so in the first that needs its firmware.</summary>
    private static readonly NvmlReader[] Readers =
    [
        new(new("thermal", SampleGroup.Fast), static (source, target, into) => source.ReadThermal(target.Handle, into)),
        new(new("power", SampleGroup.Fast), static (source, target, into) => source.ReadPower(target.Handle, into)),
        new(new("clocks", SampleGroup.Fast), static (source, target, into) => source.ReadClocks(target.Handle, into)),
        new(new("fields", SampleGroup.Fast), static (source, target, into) => source.ReadFields(target.Handle, into)),
        new(new("utilization", SampleGroup.Fast), static (source, target, into) => source.ReadUtilization(target.Handle, into)),
        new(new("memory", SampleGroup.Fast), static (source, target, into) => source.ReadMemory(target.Handle, into)),
        new(new("pcie", SampleGroup.Fast), static (source, target, into) => source.ReadPcie(target.Handle, into)),
        new(new("limits", SampleGroup.Slow), static (source, target, into) => source.ReadLimits(target.Handle, into)),
        new(new("modes", SampleGroup.Slow), static (source, target, into) => source.ReadModes(target.Handle, into)),
        new(new("ecc", SampleGroup.Slow), static (source, target, into) => source.ReadEcc(target.Handle, into)),
        new(new("ecc-sram", SampleGroup.Slow), static (source, target, into) => source.ReadEccSram(target.Handle, into)),
        new(new("retired-pages", SampleGroup.Slow), static (source, target, into) => source.ReadRetiredPages(target.Handle, into)),
        new(new("remapped-rows", SampleGroup.Slow), static (source, target, into) => source.ReadRemappedRows(target.Handle, into)),
        new(new("pcie-slow", SampleGroup.Slow), static (source, target, into) => source.ReadPcieSlow(target.Handle, into)),
        new(new("nvlink", SampleGroup.Slow), static (source, target, into) => source.ReadLinks(target, into)),
    ];

    private static void Write(SampleFrame into, SignalId signal, NvmlReturn code, double value, ushort instance = 0)
    {
        if (code == NvmlReturn.Success) into.Value(signal, value, instance);
        else into.None(signal, NvmlNoData.From(code), instance);
    }

    /// <summary>A value beyond what the hardware can mean (an all-ones register, say) is invalid, not a measurement.</summary>
    private static void WriteUpTo(SampleFrame into, SignalId signal, NvmlReturn code, double value, double highest)
    {
        if (code == NvmlReturn.Success && value > highest) into.None(signal, NoDataReason.Invalid);
        else Write(into, signal, code, value);
    }

    private static void WriteState(SampleFrame into, SignalId signal, NvmlReturn code, NvmlEnableState state)
        => Write(into, signal, code, state == NvmlEnableState.Disabled ? 0 : 1);
}
