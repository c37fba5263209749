namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPageRetirementCause_t.</summary>
public enum NvmlPageRetirementCause
{
    MultipleSingleBitEccErrors = 0,
    DoubleBitEccError = 1,
}
