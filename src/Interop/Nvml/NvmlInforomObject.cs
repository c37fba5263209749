namespace Forewarn.Interop.Nvml;

/// <summary>nvmlInforomObject_t.</summary>
public enum NvmlInforomObject
{
    Oem = 0,
    Ecc = 1,
    Power = 2,
    Den = 3,
}
