using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>How far a card is from a temperature limit of its own, in °C; null where that cannot be told.</summary>
internal static class ThermalRoom
{
    // Own figure: sensor and limit may differ by a few degrees of rounding and hot spot; a margin further off than that is none.
    private const double Contradiction = 10;

    /// <summary>
    /// Of the chip: by its margin, and the limit as what is then left of the margin; else by temperature and limit. A margin that is used up
    /// while the temperature is far below the limit is not believed: some cards answer 0 or less for good (gpud passes those over for that).
    /// </summary>
    public static double? OfChip(in Subject subject, SignalId limit, SignalId marginLeft)
    {
        double? plain = subject.Device.TryGet(SignalId.TemperatureGpu, out var celsius) && subject.Device.TryGet(limit, out var most) && most > 0
            ? most - celsius
            : null;
        if (!subject.Device.TryGet(SignalId.TemperatureMargin, out var margin)) return plain;
        if (!subject.Device.TryGet(marginLeft, out var left))
        {
            if (marginLeft != SignalId.TemperatureTLimitSlowdown) return plain;
            left = 0; // the margin is that to the nearest slowdown
        }

        var room = margin - left;
        return room <= 0 && plain > Contradiction ? plain : room;
    }

    /// <summary>What the chip's room was read from, for the evidence.</summary>
    public static SignalId OfChipReadFrom(in Subject subject)
        => subject.Device.TryGet(SignalId.TemperatureMargin, out _) ? SignalId.TemperatureMargin : SignalId.TemperatureGpu;

    /// <summary>Of its memory.</summary>
    public static double? OfMemory(in Subject subject)
        => subject.Device.TryGet(SignalId.TemperatureMemory, out var celsius) && subject.Device.TryGet(SignalId.TemperatureLimitMemory, out var most) && most > 0
            ? most - celsius
            : null;
}
