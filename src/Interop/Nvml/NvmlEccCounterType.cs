namespace Forewarn.Interop.Nvml;

/// <summary>nvmlEccCounterType_t: volatile since the driver was loaded, aggregate over the card's life.</summary>
public enum NvmlEccCounterType
{
    Volatile = 0,
    Aggregate = 1,
}
