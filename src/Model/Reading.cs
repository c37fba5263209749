namespace Forewarn.Model;

/// <summary>One measured value in the signal's base unit, or a typed absence.</summary>
public readonly record struct Reading
{
    private Reading(SignalId signal, ushort instance, NoDataReason absence, double value)
        => (Signal, Instance, Absence, Value) = (signal, instance, absence, value);

    /// <summary>What was measured.</summary>
    public SignalId Signal { get; }

    /// <summary>Which of several alike (the link's number), 0 where there is only one.</summary>
    public ushort Instance { get; }

    /// <summary><see cref="NoDataReason.None"/> when <see cref="Value"/> holds.</summary>
    public NoDataReason Absence { get; }

    /// <summary>In the signal's base unit; counters raw and cumulative. Meaningless unless <see cref="HasValue"/>.</summary>
    public double Value { get; }

    /// <summary>True when there is a value.</summary>
    public bool HasValue => Absence == NoDataReason.None;

    /// <summary>A value.</summary>
    public static Reading Of(SignalId signal, double value, ushort instance = 0) => new(signal, instance, NoDataReason.None, value);

    /// <summary>An absence and its reason.</summary>
    public static Reading None(SignalId signal, NoDataReason reason, ushort instance = 0) => new(signal, instance, reason, 0);
}
