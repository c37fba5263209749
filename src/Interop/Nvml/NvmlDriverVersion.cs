using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Forewarn.Interop.Nvml;

/// <summary>The driver's version, "550.163.01" as nvmlSystemGetDriverVersion gives it, made comparable.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct NvmlDriverVersion(int Major, int Minor, int Patch = 0) : IComparable<NvmlDriverVersion>
{
    public static bool operator <(NvmlDriverVersion left, NvmlDriverVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(NvmlDriverVersion left, NvmlDriverVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(NvmlDriverVersion left, NvmlDriverVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NvmlDriverVersion left, NvmlDriverVersion right) => left.CompareTo(right) >= 0;

    /// <summary>Two or three decimal numbers with dots between; anything else is no version.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NvmlDriverVersion version)
    {
        version = default;
        if (!TryTakeNumber(ref text, out int major) || !TryTakeDot(ref text) || !TryTakeNumber(ref text, out int minor)) return false;
        int patch = 0;
        if (!text.IsEmpty && (!TryTakeDot(ref text) || !TryTakeNumber(ref text, out patch) || !text.IsEmpty)) return false;
        version = new(major, minor, patch);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out NvmlDriverVersion version)
    {
        version = default;
        return text is not null && TryParse(Encoding.UTF8.GetBytes(text), out version);
    }

    public int CompareTo(NvmlDriverVersion other) => (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));

    /// <summary>As the driver writes it: minor and patch have at least two digits.</summary>
    public override string ToString() => Patch == 0 ? $"{Major}.{Minor:00}" : $"{Major}.{Minor:00}.{Patch:00}";

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        // Utf8Parser would also take a sign.
        if (text.IsEmpty || !char.IsAsciiDigit((char)text[0]) || !Utf8Parser.TryParse(text, out number, out int taken)) return false;
        text = text[taken..];
        return true;
    }

    private static bool TryTakeDot(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != (byte)'.') return false;
        text = text[1..];
        return true;
    }
}
