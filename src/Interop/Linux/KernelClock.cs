using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>What the kernel says of its clock (adjtimex(2), read only): whether something keeps it right.</summary>
public static partial class KernelClock
{
    // struct timex of 64-bit Linux: 208 bytes, status at 40 (linux/timex.h).
    private const int Size = 208;
    private const int StatusOffset = 40;
    private const int Unsynchronised = 0x40; // STA_UNSYNC

    /// <summary>Null where the kernel does not tell.</summary>
    public static bool? IsSynchronised()
    {
        Span<byte> timex = stackalloc byte[Size];
        timex.Clear(); // modes = 0: nothing is set
        if (AdjTimeX(timex) < 0) return null;
        return (BinaryPrimitives.ReadInt32LittleEndian(timex[StatusOffset..]) & Unsynchronised) == 0;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjTimeX(Span<byte> timex);
}
