using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Peers;

/// <summary>Whether two cards do the same, so that a difference between them is the cards' own.</summary>
internal static class EqualLoad
{
    // Own figures. Below half of full load clocks and power follow the work more than the card; within a tenth of utilisation, and of power where heat
    // is compared, the work is of one kind; the memory's controller tells a kernel that computes from one that copies.
    private const double AtWork = 0.5;
    private const double Near = 0.1;
    private const double SameSetting = 0.01;

    // Own figures. The sensor is right to 5 %, and its mean over a second lies below the peaks at which a card holds itself.
    private const double AtLimit = 0.95;
    private const double NearLimit = 0.8;

    /// <summary>True when the card can be compared in this signal at all.</summary>
    public static bool CanCompare(DeviceHistory card, PeerSheet sheet, DateTimeOffset now)
        => card.Presence == DevicePresence.Measured && now - card.Sampled <= card.Fresh
            && (!sheet.NeedsLoad || (!IsCut(card) && card.TryGet(SignalId.UtilizationGpu, out var load) && load >= AtWork));

    /// <summary>True when the two, which both can be compared, do the same on the same settings.</summary>
    public static bool Are(DeviceHistory one, DeviceHistory other, PeerSignal signal)
    {
        if (one.Device.Name != other.Device.Name) return false;
        return signal switch
        {
            PeerSignal.CallTime => true,
            PeerSignal.Temperature or PeerSignal.MemoryTemperature
                => Within(one, other, SignalId.UtilizationGpu, Near) && Within(one, other, SignalId.Power, Near, isShare: true),
            _ => Within(one, other, SignalId.UtilizationGpu, Near)
                && Within(one, other, SignalId.UtilizationMemory, Near)
                && Within(one, other, SignalId.PowerLimit, SameSetting, isShare: true)
                && Within(one, other, SignalId.ClockMaxSm, SameSetting, isShare: true)
                && Within(one, other, SignalId.ClockApplicationGraphics, SameSetting, isShare: true),
        };
    }

    /// <summary>
    /// Its own power limit sets its clock: then it does its job, and silicon and heat differ honestly (up to 22 % between equal cards, Sinha and others, SC
    /// 2022). What such a card's clock is tells nothing of its health; that of the others, held or not, still is what a card beside them should reach.
    /// </summary>
    public static bool IsAtPowerLimit(DeviceHistory card)
    {
        var isHeld = card.TryGet(SignalId.ClockEventSoftwarePowerCap, out var held) && held > 0;
        if (!card.TryGet(SignalId.Power, out var power) || !card.TryGet(SignalId.PowerLimit, out var limit) || limit <= 0) return isHeld;
        return power >= (isHeld ? NearLimit : AtLimit) * limit;
    }

    /// <summary>A card in parts tells no utilisation of the whole.</summary>
    private static bool IsCut(DeviceHistory card) => card.TryGet(SignalId.MigEnabled, out var cut) && cut > 0;

    /// <summary>What neither card tells does not part them; what only one tells does.</summary>
    private static bool Within(DeviceHistory one, DeviceHistory other, SignalId signal, double distance, bool isShare = false)
    {
        var (here, there) = (one.TryGet(signal, out var a), other.TryGet(signal, out var b));
        if (!here || !there) return here == there;
        return Math.Abs(a - b) <= distance * (isShare ? Math.Max(Math.Abs(a), Math.Abs(b)) : 1) + 1e-9;
    }
}
