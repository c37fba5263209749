using System.Collections.Immutable;
using System.Numerics;

namespace Forewarn.Predict.Catalogs;

/// <summary>
/// The seven registers of Xid 74: NVIDIA Xid catalogue, WORKFLOW_NVLINK_ERR. The first, third, fourth and fifth are valid (Hopper); the others are
/// not looked at.
/// </summary>
internal static class Xid74Registers
{
    /// <summary>Where all bits come from.</summary>
    public const string Source = "NVIDIA Xid catalogue, WORKFLOW_NVLINK_ERR; severity is an own reading of its actions";

    /// <summary>"If seen more than 2 times on the same link".</summary>
    public const int EccRepeats = 2;

    private static readonly (int Register, Xid74Bit Meaning, int[] Bits)[] Table =
    [
        (0, Xid74Bit.Ignored, [0, 23, 30]),
        (0, Xid74Bit.Secondary, [1, 20]),
        (0, Xid74Bit.EccOrParity, [4, 5]),
        (0, Xid74Bit.PossiblyHardware, [8, 9, 12, 16, 17, 24, 28]),
        (0, Xid74Bit.MarginalSignal, [21, 22]),
        (0, Xid74Bit.ReportIfRepeated, [27, 29]),
        (2, Xid74Bit.EccOrParity, [0, 1, 2, 6]),
        (2, Xid74Bit.Unlisted, [13]), // "not expected to be seen in production"
        (2, Xid74Bit.DiagnoseIfRepeated, [16, 19]),
        (2, Xid74Bit.ReportIfRepeated, [17, 18]),
        (3, Xid74Bit.Secondary, [16, 17]),
        (3, Xid74Bit.SecondaryNeedsReset, [18]),
        (4, Xid74Bit.EccOrParity, [18, 19, 21, 22, 24, 25, 27, 28]),
        (4, Xid74Bit.CorrectedThreshold, [20, 23, 26, 29]),
    ];

    private static readonly Xid74Bit[,] Meanings = Unfold();

    /// <summary>What one bit stands for.</summary>
    public static Xid74Bit Meaning(int register, int bit) => Meanings[register, bit];

    /// <summary>The gravest bit that is set; null when the line has no registers, or none of the valid ones is set.</summary>
    public static Xid74Bit? Decode(ImmutableArray<uint> registers)
    {
        if (registers.IsDefaultOrEmpty) return null;
        Xid74Bit? gravest = null;
        for (var register = 0; register < registers.Length && register < Meanings.GetLength(0); register++)
        {
            if (register is 1) continue; // not valid
            for (var left = registers[register]; left != 0; left &= left - 1)
            {
                var meaning = Meanings[register, BitOperations.TrailingZeroCount(left)];
                if (gravest is null || meaning > gravest) gravest = meaning;
            }
        }

        return gravest;
    }

    /// <summary>What follows.</summary>
    /// <param name="gravest">As decoded; null when nothing could be decoded.</param>
    /// <param name="times">How often the link had it within a day.</param>
    public static Remedy Judge(Xid74Bit? gravest, double times) => gravest switch
    {
        Xid74Bit.Ignored or Xid74Bit.CorrectedThreshold => Remedy.Note,
        Xid74Bit.Secondary => Remedy.Observe,
        Xid74Bit.ReportIfRepeated => times >= 2 ? Remedy.InspectFabric : Remedy.Observe,
        Xid74Bit.DiagnoseIfRepeated => times >= 2 ? Remedy.SaveAndInspect : Remedy.Observe,
        Xid74Bit.EccOrParity => times > EccRepeats ? Remedy.InspectSoon : Remedy.Observe,
        Xid74Bit.SecondaryNeedsReset => Remedy.ResetSoon,
        Xid74Bit.PossiblyHardware => Remedy.SaveAndInspect,
        _ => Remedy.InspectFabric,
    };

    /// <summary>For a person.</summary>
    public static string Words(Xid74Bit? gravest) => gravest switch
    {
        Xid74Bit.Ignored => "may be ignored",
        Xid74Bit.CorrectedThreshold => "many corrected errors, operation goes on",
        Xid74Bit.Secondary => "follows another error",
        Xid74Bit.ReportIfRepeated => "to be reported when it repeats",
        Xid74Bit.DiagnoseIfRepeated => "to be diagnosed when it repeats",
        Xid74Bit.EccOrParity => "ECC or parity, to act on when a link had it more than twice",
        Xid74Bit.SecondaryNeedsReset => "follows another error, and the fabric must be reset",
        Xid74Bit.MarginalSignal => "marginal signal: connection or cable",
        Xid74Bit.PossiblyHardware => "possibly hardware: reseat, then diagnose",
        Xid74Bit.Unlisted => "a bit that is not listed",
        _ => "no register that tells more",
    };

    private static Xid74Bit[,] Unfold()
    {
        var meanings = new Xid74Bit[5, 32];
        for (var register = 0; register < 5; register++)
        {
            for (var bit = 0; bit < 32; bit++) meanings[register, bit] = Xid74Bit.Unlisted;
        }

        foreach (var (register, meaning, bits) in Table)
        {
            foreach (var bit in bits) meanings[register, bit] = meaning;
        }

        return meanings;
    }
}
