using System.Collections.Frozen;
using System.Collections.Immutable;
using static Forewarn.Predict.Catalogs.NvLink5Unit;

namespace Forewarn.Predict.Catalogs;

/// <summary>
/// Takes Xid 144–150 apart: NVIDIA Xid catalogue, sheet "XID 144-150 Decode". The first register (intrInfo) names unit and reason, the second
/// (errorStatus) what happened there.
/// </summary>
internal static class NvLink5Catalog
{
    /// <summary>Where units, statuses and reasons all come from.</summary>
    public const string Source = "NVIDIA Xid catalogue, sheet XID 144-150 Decode; severity is an own reading of its actions";

    // Sub-codes from R575 on: bits 6 to 0.
    private static readonly FrozenDictionary<uint, NvLink5Unit> Newer = new Dictionary<uint, NvLink5Unit>
    {
        [0x00] = Mse,
        [0x01] = SawMvb,
        [0x03] = RlwCtrl,
        [0x04] = RlwRemap,
        [0x05] = RlwRspcol,
        [0x06] = RlwRxpipe,
        [0x07] = RlwSrcTrack,
        [0x08] = RlwTagstate,
        [0x09] = TlwCtrl,
        [0x0A] = TlwRx,
        [0x0B] = TlwRx,
        [0x0C] = TlwTx,
        [0x0D] = TlwTx,
        [0x0E] = Trex,
        [0x0F] = Nvlpw,
        [0x11] = NetirLinkDown,
        [0x13] = NetirBer,
        [0x14] = NetirMfde,
        [0x18] = NetirInterrupt,
    }.ToFrozenDictionary();

    // Sub-codes before R575: bits 9 to 5. 0x00 is whatever the Xid says.
    private static readonly FrozenDictionary<uint, NvLink5Unit> Older = new Dictionary<uint, NvLink5Unit>
    {
        [0x01] = SawMvb,
        [0x03] = RlwCtrl,
        [0x04] = RlwRemap,
        [0x05] = RlwRspcol,
        [0x06] = RlwRxpipe,
        [0x07] = RlwSrcTrack,
        [0x08] = RlwTagstate,
        [0x09] = TlwCtrl,
        [0x0A] = TlwRx,
        [0x0B] = TlwTx,
        [0x0C] = Trex,
        [0x0E] = NetirLinkDown,
        [0x11] = NetirBer,
        [0x12] = NetirMfde,
    }.ToFrozenDictionary();

    /// <summary>Why a link may be down, by code.</summary>
    public static ImmutableArray<LinkDownReason> Reasons { get; } =
    [
        new(0x00, "unknown", true),
        new(0x01, "report it if it comes more than once a day", true),
        new(0x02, "signal integrity of the link", true),
        new(0x04, "signal integrity of the link", true),
        new(0x0A, "signal integrity of the link", true),
        new(0x0F, "software, or a user who did it", true),
        new(0x10, "software, a user, or signal integrity", true),
        new(0x11, "software, or a user who did it", true),
        new(0x12, "software, a user, or signal integrity", true),
        new(0x15, "the device at the other end", true),
        new(0x16, "software, or a user who did it", true),
        new(0x20, "the device at the other end", true),
        new(0x21, "the device at the other end", true),
        new(0x22, "the device at the other end", true),
        new(0x23, "the device at the other end", true),
        new(0x24, "the device at the other end: cooling of the switch", true),
        new(0x25, "the device at the other end", true),
        new(0x26, "software, or a user who did it", false),
        new(0x28, "the host: this follows something else", false),
        new(0x2A, "signal integrity and cables", true),
        new(0x2B, "signal integrity and cables", true),
    ];

    /// <summary>Takes one apart; what no table has keeps the row's own remedy.</summary>
    /// <param name="code">144 to 150.</param>
    /// <param name="unit">The unit's name as printed; "" where the line has none.</param>
    /// <param name="registers">As printed; may be empty.</param>
    public static NvLink5Decoded Decode(long code, string unit, ImmutableArray<uint> registers)
    {
        var known = !registers.IsDefaultOrEmpty;
        var info = known ? registers[0] : 0;
        var older = known && IsOlder(code, info);
        var who = Named(unit);
        if (who == Unknown && known) who = older ? OlderUnit(code, (info >> 5) & 0x1F) : Newer.GetValueOrDefault(info & 0x7F);
        var status = registers.IsDefault || registers.Length < 2 ? 0 : registers[1];
        if (who != NetirLinkDown) return Judge(code, who, status, IsMarked(older, info));
        var reason = known ? Reason((info >> 20) & 0x3F) : null;
        return new(who, reason is { NeedsReset: false } ? Remedy.Observe : Remedy.ResetSoon, false, reason);
    }

    /// <summary>Why the link went down; null for a code that is not in the table.</summary>
    public static LinkDownReason? Reason(uint code) => Reasons.FirstOrDefault(reason => reason.Code == code);

    private static NvLink5Decoded Judge(long code, NvLink5Unit unit, uint status, bool marked)
    {
        var (resets, advised) = unit switch
        {
            SawMvb => (status is 0x2 or 0x10, false),
            RlwRspcol => (status is 0x2, false),
            RlwRemap => (status is 0x40 or 0x80, status is 0x1 or 0x2 or 0x4 or 0x8 or 0x10 or 0x20),
            RlwRxpipe => (marked && status is (0x1 or 0x2 or 0x4), false),
            RlwSrcTrack => (status is 0x1 or 0x10 or 0x20, status is 0x4 or 0x8),
            RlwTagstate => (status is 0x2 or 0x20000 or 0x100000, false),
            TlwCtrl or TlwRx or TlwTx => (status is 0x4, false),
            NetirMfde => (status is 0x1 or 0x4 or 0x5 or 0x7, false),
            Mse => (true, false),
            _ => (false, false),
        };
        if (unit == Unknown) return new(unit, XidCatalog.Find(code)?.Remedy ?? Remedy.Observe, false, null);
        if (unit == NetirInterrupt) return new(unit, Remedy.ResetSoon, false, null);
        if (resets) return new(unit, Remedy.ResetNow, false, null);
        return new(unit, advised ? Remedy.RestartAndWatch : Remedy.Observe, advised, null);
    }

    /// <summary>Before R575 the lowest five bits repeat the Xid, less 143; from then on they are part of the sub-code, where they cannot be that.</summary>
    private static bool IsOlder(long code, uint info) => (info & 0x1F) == code - 143 && Newer.GetValueOrDefault(info & 0x7F) is var unit && !Fits(code, unit);

    private static NvLink5Unit OlderUnit(long code, uint sub) => sub != 0
        ? Older.GetValueOrDefault(sub)
        : code switch { 148 => Nvlpw, 149 => NetirInterrupt, 150 => Mse, _ => Unknown };

    private static bool Fits(long code, NvLink5Unit unit) => code switch
    {
        144 => unit is SawMvb,
        145 => unit is >= RlwCtrl and <= RlwTagstate,
        146 => unit is TlwCtrl or TlwRx or TlwTx,
        147 => unit is Trex,
        148 => unit is Nvlpw,
        149 => unit is >= NetirInterrupt and <= NetirMfde,
        150 => unit is Mse,
        _ => false,
    };

    /// <summary>The bit that makes an error of RLW_RXPIPE one that needs a reset: 10 before R575, 7 from then on.</summary>
    private static bool IsMarked(bool older, uint info) => (info & (older ? 1u << 10 : 1u << 7)) != 0;

    private static NvLink5Unit Named(string unit) => unit switch
    {
        "SAW_MVB" => SawMvb,
        "RLW_CTRL" => RlwCtrl,
        "RLW_REMAP" => RlwRemap,
        "RLW_RSPCOL" => RlwRspcol,
        "RLW_RXPIPE" => RlwRxpipe,
        "RLW_SRC_TRACK" => RlwSrcTrack,
        "RLW_TAGSTATE" => RlwTagstate,
        "TLW_CTRL" => TlwCtrl,
        "TLW_RX" or "TLW_RX_PIPE0" or "TLW_RX_PIPE1" => TlwRx,
        "TLW_TX" or "TLW_TX_PIPE0" or "TLW_TX_PIPE1" => TlwTx,
        "TREX" => Trex,
        "NVLPW" or "NVLPW_CTRL" => Nvlpw,
        "NETIR" or "NETIR_INT" => NetirInterrupt,
        "NETIR_LINK_EVT" or "NETIR_LINK_DOWN" => NetirLinkDown,
        "NETIR_BER_EVENT" => NetirBer,
        "NETIR_MFDE_EVENT" => NetirMfde,
        "MSE Degraded" or "MSE_WATCHDOG" or "MSE" => Mse,
        _ => Unknown,
    };
}
