using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>
/// Takes what a card answers when it is asked who it is. What fails in passing says nothing of the card, so that what was known holds; what the card
/// says that it has not is not known any more. Allocates nothing.
/// </summary>
/// <param name="known">As it was told before; where it is <paramref name="isKnown"/>.</param>
/// <param name="isKnown">False when it is asked for the first time.</param>
internal ref struct NvmlIdentityAnswers(ref readonly NvmlIdentity known, bool isKnown)
{
    private readonly bool _isKnown = isKnown;

    /// <summary>As it was told before; all zeroes the first time.</summary>
    public readonly ref readonly NvmlIdentity Known = ref known;

    /// <summary>A question failed in passing: who the card is was told in part.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>True when the answer holds; notes whether it failed in passing.</summary>
    public bool Holds(NvmlReturn code)
    {
        IsPartial |= NvmlNoData.IsInPassing(code);
        return code == NvmlReturn.Success;
    }

    /// <summary>What a library leaves behind the end of a text, or before it fails, is not what it said.</summary>
    public void Keep(NvmlReturn code, scoped Span<byte> text, int length, scoped ReadOnlySpan<byte> known)
    {
        if (Holds(code)) text[length..].Clear();
        else if (IsToBeKept(code)) known.CopyTo(text);
        else text.Clear();
    }

    /// <summary>The same of a mask of CPUs or of NUMA nodes.</summary>
    public void Keep(NvmlReturn code, scoped Span<ulong> mask, scoped ReadOnlySpan<ulong> known)
    {
        if (Holds(code)) return;
        if (IsToBeKept(code)) known.CopyTo(mask);
        else mask.Clear();
    }

    public int Told(NvmlReturn code, uint number, int known)
        => Holds(code) ? number <= int.MaxValue ? (int)number : NvmlIdentity.Untold : IsToBeKept(code) ? known : NvmlIdentity.Untold;

    /// <summary>What was known stays for want of an answer.</summary>
    public readonly bool IsToBeKept(NvmlReturn code) => _isKnown && NvmlNoData.IsInPassing(code);
}
