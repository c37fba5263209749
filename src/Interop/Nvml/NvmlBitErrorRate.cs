namespace Forewarn.Interop.Nvml;

/// <summary>
/// The code of the bit error rates among the field values (220, 222, 291 to 293), of nvml.h: exponent in bits 0 to 7, mantissa in bits
/// 8 to 11, and mantissa × 10^-exponent errors a bit.
/// </summary>
public static class NvmlBitErrorRate
{
    private const ulong NoErrors = 0xFFF;
    private const int MantissaShift = 8;

    /// <summary>
    /// Errors a bit; 0 for mantissa 15 and exponent 255, by which the driver says that it saw none; null for what is no such code.
    /// </summary>
    public static double? Decode(ulong code)
    {
        if (code > NoErrors) return null;
        if (code == NoErrors) return 0;
        uint mantissa = (uint)(code >> MantissaShift), exponent = (uint)(code & 0xFF);
        return mantissa * Math.Pow(10, -(double)exponent);
    }
}
