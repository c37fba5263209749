using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>
/// The field values of one call group for one card (or one link of it), asked for in one call. A field that the card does not offer is not
/// asked for again; its absence is told all the same. Allocates nothing once made.
/// </summary>
internal sealed class NvmlFieldBatch
{
    private readonly NvmlFieldRow[] _rows;
    private readonly (NvmlReturn Absence, bool ByElse)[] _states;
    private readonly NvmlFieldValue[] _values;
    private readonly int[] _rowOf;
    private readonly ushort _instance;
    private int _asked;

    /// <param name="rows">What to read.</param>
    /// <param name="instance">The link; null for the card itself.</param>
    public NvmlFieldBatch(NvmlFieldRow[] rows, ushort? instance)
    {
        (_rows, _instance) = (rows, instance ?? 0);
        _states = new (NvmlReturn, bool)[rows.Length];
        _values = new NvmlFieldValue[rows.Length];
        _rowOf = new int[rows.Length];
        for (var row = 0; row < rows.Length; row++) _states[row].Absence = rows[row].Field is null ? NvmlReturn.NotSupported : NvmlReturn.Success;

        Arrange();
    }

    /// <summary>Reads and writes every row.</summary>
    /// <param name="library">Where to ask.</param>
    /// <param name="device">Whom to ask.</param>
    /// <param name="mayForget">False while the link is down: what it does not offer then it may offer later.</param>
    /// <param name="into">Where the readings go.</param>
    public void Read(NvmlLibrary library, NvmlDevice device, bool mayForget, SampleFrame into)
    {
        for (var row = 0; row < _rows.Length; row++)
        {
            if (_states[row].Absence != NvmlReturn.Success) into.None(_rows[row].Signal, NoDataReason.NotSupported, At(in _rows[row]));
        }

        if (_asked == 0) return;
        var values = _values.AsSpan(0, _asked);
        // The entries are used again: one that the driver leaves untouched must not show what it was.
        foreach (ref var value in values) value.Result = NvmlReturn.Unknown;
        var code = library.DeviceGetFieldValues(device, values);
        var isForgotten = false;
        for (var i = 0; i < values.Length; i++)
        {
            var row = _rowOf[i];
            var result = code == NvmlReturn.Success ? values[i].Result : code;
            if (mayForget && IsRefused(code, result) && _rows[row].Else is { } other && !_states[row].ByElse)
            {
                _states[row].ByElse = true;
                values[i].FieldId = other.Field;
                var asked = library.DeviceGetFieldValues(device, values.Slice(i, 1));
                result = asked == NvmlReturn.Success ? values[i].Result : asked;
            }

            Write(_rows[row], in values[i], result, _states[row].ByElse, into);
            if (!mayForget || !IsRefused(code, result)) continue;
            _states[row].Absence = result;
            isForgotten = true;
        }

        if (isForgotten) Arrange();
    }

    /// <summary>Not offered, now or later. To a single entry an invalid argument means that the driver has no such field.</summary>
    private static bool IsRefused(NvmlReturn code, NvmlReturn result)
        => NvmlNoData.IsForGood(result) || (code == NvmlReturn.Success && result == NvmlReturn.InvalidArgument);

    private void Arrange()
    {
        _asked = 0;
        for (var row = 0; row < _rows.Length; row++)
        {
            if (_states[row].Absence != NvmlReturn.Success) continue;
            _values[_asked].FieldId = _states[row].ByElse ? _rows[row].Else!.Field : _rows[row].Field.GetValueOrDefault();
            _values[_asked].ScopeId = _rows[row].Scope == 0 ? _instance : _rows[row].Scope;
            _rowOf[_asked++] = row;
        }
    }

    private ushort At(in NvmlFieldRow row) => row.Instance ?? _instance;

    private void Write(in NvmlFieldRow row, in NvmlFieldValue value, NvmlReturn result, bool byElse, SampleFrame into)
    {
        if (result != NvmlReturn.Success)
        {
            // A driver that does not know a field says so as an invalid argument of that entry.
            into.None(row.Signal, result == NvmlReturn.InvalidArgument ? NoDataReason.NotSupported : NvmlNoData.From(result), At(in row));
            return;
        }

        var number = row.Form switch
        {
            NvmlFieldForm.BitErrorRatio => NvmlNumbers.BitErrorRatio(in value),
            NvmlFieldForm.LinkGeneration => NvmlNumbers.LinkGeneration((NvmlNvLinkVersion)(int)NvmlNumbers.Of(in value)),
            _ => NvmlNumbers.Of(in value) / row.Unit * (byElse ? row.Else!.Times : row.Times),
        };
        if (number > row.Highest) into.None(row.Signal, NoDataReason.Invalid, At(in row));
        else into.Value(row.Signal, number, At(in row));
    }
}
