using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private (SignalId Signal, double Unit)[] _fieldSignals = [];
    private NvmlFieldValue[] _fields = [];
    private SignalId[] _unknownFields = [];

    /// <summary>Which field values this driver has under which number; asked for in one call.</summary>
    private void PrepareFields()
    {
        (uint? Field, SignalId Signal, double Unit)[] wanted =
        [
            (NvmlField.MemoryTemp, SignalId.TemperatureMemory, 1),
            (NvmlField.PerfPolicyPower, SignalId.ThrottledPower, Nano),
            (NvmlField.PerfPolicyThermal, SignalId.ThrottledThermal, Nano),
            (NvmlField.PerfPolicySyncBoost, SignalId.ThrottledSyncBoost, Nano),
            (NvmlField.PerfPolicyBoardLimit, SignalId.ThrottledBoardLimit, Nano),
            (NvmlField.PerfPolicyLowUtilization, SignalId.ThrottledLowUtilization, Nano),
            (NvmlField.PerfPolicyReliability, SignalId.ThrottledReliability, Nano),
            (_fieldIds.ClocksEventReasonSwThermSlowdown, SignalId.ThrottledSoftwareThermal, Nano),
            (_fieldIds.ClocksEventReasonHwThermSlowdown, SignalId.ThrottledHardwareThermal, Nano),
            (_fieldIds.ClocksEventReasonHwPowerBrakeSlowdown, SignalId.ThrottledHardwarePowerBrake, Nano),
        ];
        var known = wanted.Where(row => row.Field is not null).ToArray();
        _unknownFields = [.. wanted.Where(row => row.Field is null).Select(row => row.Signal)];
        _fieldSignals = [.. known.Select(row => (row.Signal, row.Unit))];
        _fields = [.. known.Select(row => new NvmlFieldValue { FieldId = row.Field.GetValueOrDefault() })];
    }

    private void ReadFields(NvmlDevice device, SampleFrame into)
    {
        // The entries are used for every card: one that the driver leaves untouched must not show another card's value.
        foreach (ref var field in _fields.AsSpan()) field.Result = NvmlReturn.Unknown;
        var code = Library.DeviceGetFieldValues(device, _fields);
        for (var i = 0; i < _fields.Length; i++)
        {
            var (signal, unit) = _fieldSignals[i];
            if (code != NvmlReturn.Success) into.None(signal, NvmlNoData.From(code));
            else WriteField(into, signal, in _fields[i], unit);
        }

        foreach (var signal in _unknownFields) into.None(signal, NoDataReason.NotSupported);
    }

    private static void WriteField(SampleFrame into, SignalId signal, in NvmlFieldValue field, double unit)
    {
        // A driver that does not know a field says so as an invalid argument of that entry.
        if (field.Result == NvmlReturn.InvalidArgument) into.None(signal, NoDataReason.NotSupported);
        else if (field.Result != NvmlReturn.Success) into.None(signal, NvmlNoData.From(field.Result));
        else if (signal == SignalId.TemperatureMemory) WriteUpTo(into, signal, NvmlReturn.Success, Number(in field), HighestTemperature);
        else into.Value(signal, Number(in field) / unit);
    }

    private static double Number(in NvmlFieldValue field) => field.ValueType switch
    {
        NvmlValueType.DoublePrecision => field.Value.DVal,
        NvmlValueType.UnsignedInt => field.Value.UiVal,
        NvmlValueType.UnsignedLong => field.Value.UlVal,
        NvmlValueType.UnsignedLongLong => field.Value.UllVal,
        NvmlValueType.SignedLongLong => field.Value.SllVal,
        NvmlValueType.SignedInt => field.Value.SiVal,
        NvmlValueType.UnsignedShort => field.Value.UsVal,
        _ => double.NaN, // a type of a newer driver: the reader of the frame makes it an absence
    };
}
