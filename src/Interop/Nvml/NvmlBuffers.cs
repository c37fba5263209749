using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Forewarn.Interop.Nvml;

/// <summary>char[16] inside a struct.</summary>
[InlineArray(16)]
public struct AsciiBuffer16
{
    private byte _first;

    /// <summary>What stands before the first NUL.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => AsciiText.BeforeNul(this);
}

/// <summary>char[32] inside a struct.</summary>
[InlineArray(32)]
public struct AsciiBuffer32
{
    private byte _first;

    /// <summary>What stands before the first NUL.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => AsciiText.BeforeNul(this);
}

/// <summary>char[41] inside a struct.</summary>
[InlineArray(41)]
public struct AsciiBuffer41
{
    private byte _first;

    /// <summary>What stands before the first NUL.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => AsciiText.BeforeNul(this);
}

/// <summary>char[64] inside a struct.</summary>
[InlineArray(64)]
public struct AsciiBuffer64
{
    private byte _first;

    /// <summary>What stands before the first NUL.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => AsciiText.BeforeNul(this);
}

/// <summary>char[80] inside a struct.</summary>
[InlineArray(80)]
public struct AsciiBuffer80
{
    private byte _first;

    /// <summary>What stands before the first NUL.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => AsciiText.BeforeNul(this);
}

/// <summary>char[96] inside a struct.</summary>
[InlineArray(96)]
public struct AsciiBuffer96
{
    private byte _first;

    /// <summary>What stands before the first NUL.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => AsciiText.BeforeNul(this);
}

/// <summary>unsigned char[16]: a uuid as raw bytes.</summary>
[InlineArray(16)]
public struct UuidBytes
{
    private byte _first;
}

internal static class AsciiText
{
    public static int Length(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf((byte)0);
        return end < 0 ? buffer.Length : end;
    }

    public static ReadOnlySpan<byte> BeforeNul(ReadOnlySpan<byte> buffer) => buffer[..Length(buffer)];
}
