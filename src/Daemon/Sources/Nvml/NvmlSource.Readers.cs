using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    // Divisors, since the product with 1e-3 is not the nearest number to 652.502.
    private const double Milli = 1e3;
    private const double Nano = 1e9;
    private const double Percent = 100;
    private const double Mega = 1e6;
    private const double Kibi = 1024;

    /// <summary>°C beyond which no silicon answers any more; a register of all ones reads 255 or more.</summary>
    private const double HighestTemperature = 150;

    /// <summary>W; three times the largest limit of a card known to nvml.h's platforms (GB300, 1.4 kW), so only nonsense lies above.</summary>
    private const double HighestPower = 5000;

    /// <summary>In the order in which they are called; a card that hangs tends to do so in the first that needs its firmware.</summary>
    private NvmlReader[] _readers = [];

    /// <summary>Every call group, for who asks what is read and not for reading: fields whose number moved have none here.</summary>
    internal static IReadOnlyList<NvmlReader> AllReaders => ReadersOf(default);

    /// <summary>The same as a driver of this version is asked.</summary>
    internal static IReadOnlyList<NvmlReader> ReadersOf(NvmlDriverVersion driver) => Readers(NvmlFieldIds.ForDriver(driver), profiling: true);

    private static NvmlReader[] Readers(NvmlFieldIds ids, bool profiling) =>
    [
        new("thermal", SampleGroup.Fast) { Readings = Thermal },
        new("power", SampleGroup.Fast) { Readings = Power },
        new("clocks", SampleGroup.Fast) { Readings = Clocks },
        new("fields", SampleGroup.Fast) { Fields = FastFields(ids) },
        new("utilization", SampleGroup.Fast) { Readings = Utilization },
        new("memory", SampleGroup.Fast) { Readings = Memory },
        new("pcie", SampleGroup.Fast) { Readings = Pcie },
        new("ecc-corrected", SampleGroup.Fast) { Readings = EccCorrected },
        .. profiling ? (NvmlReader[])[new("profiling", SampleGroup.Fast) { Readings = Profiling }] : [],
        new("limits", SampleGroup.Slow) { Readings = Limits },
        new("fields-slow", SampleGroup.Slow) { Fields = SlowFields(ids) },
        new("modes", SampleGroup.Slow) { Readings = Modes },
        new("fans", SampleGroup.Slow) { Readings = Fans, Instances = static target => target.Fans },
        new("ecc", SampleGroup.Slow) { Readings = Ecc },
        new("ecc-sram", SampleGroup.Slow) { Readings = EccSram },
        new("retired-pages", SampleGroup.Slow) { Readings = RetiredPages },
        new(NvmlReader.RowGroup, SampleGroup.Slow) { Readings = RemappedRows },
        new("repair", SampleGroup.Slow) { Readings = Repair },
        new("inforom", SampleGroup.Slow) { Readings = Inforom },
        new("pcie-slow", SampleGroup.Slow) { Readings = PcieSlow },
        new(NvmlReader.LinkGroup, SampleGroup.Slow) { Readings = Links, Fields = LinkFields, Instances = static target => target.Links },
        new("c2c", SampleGroup.Slow) { Fields = CoherentFields, Instances = static target => target.CoherentLinks },
        new("fabric", SampleGroup.Slow) { Readings = Fabric },
        new("peers", SampleGroup.Slow) { Readings = Peers },
    ];

    public void Read(int ordinal, int callGroup, SampleFrame into)
    {
        var target = _targets[ordinal];
        var reader = _readers[callGroup];
        var answers = target.Answers[callGroup];
        for (uint instance = 0; instance < answers.Instances; instance++)
        {
            for (var i = 0; i < reader.Readings.Length; i++)
            {
                if (target.Parent is null || reader.Readings[i].OfParts) Read(reader, reader.Readings[i], target, instance, ref answers.Code(i, instance), into);
            }

            if (answers.Batches.Length > 0) answers.Batches[instance].Read(Library, target.Handle, target.IsSettled(reader, instance), into);
        }
    }

    /// <summary>The code is what the card said when it said that it has no such thing, else Success.</summary>
    private void Read(NvmlReader reader, NvmlReading reading, NvmlTarget target, uint instance, ref NvmlReturn known, SampleFrame into)
    {
        var code = known == NvmlReturn.Success ? reading.Call(this, target, instance, into) : known;
        if (code == NvmlReturn.Success) return;
        foreach (var signal in reading.Signals) into.None(signal, NvmlNoData.From(code), (ushort)instance);
        if (NvmlNoData.IsForGood(code) && target.IsSettled(reader, instance)) known = code;
    }

    /// <summary>A value beyond what the hardware can mean (an all-ones register, say) is invalid, not a measurement.</summary>
    private static void Put(SampleFrame into, SignalId signal, double value, double highest)
    {
        if (value > highest) into.None(signal, NoDataReason.Invalid);
        else into.Value(signal, value);
    }

    /// <summary>A call that gives one number.</summary>
    private static NvmlReading One(SignalId signal, NumberGetter get, double unit = 1, double highest = double.PositiveInfinity, bool ofParts = false)
        => new((source, target, _, into) =>
        {
            var code = get(source.Library, target.Handle, out var number);
            if (code == NvmlReturn.Success) Put(into, signal, number / unit, highest);
            return code;
        }, signal)
        { OfParts = ofParts };

    private delegate NvmlReturn NumberGetter(NvmlLibrary library, NvmlDevice device, out double number);
}
