using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>struct open_how of openat2(2).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct OpenHow(ulong Flags, ulong Mode, ulong Resolve)
{
    /// <summary>OPEN_HOW_SIZE_VER0 (linux/openat2.h).</summary>
    public const int Size = 24;

    // linux/openat2.h
    public const ulong NoMagicLinks = 2;
    public const ulong NoSymbolicLinks = 4;
    public const ulong Beneath = 8;
}
