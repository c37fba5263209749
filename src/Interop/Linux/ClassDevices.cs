namespace Forewarn.Interop.Linux;

/// <summary>
/// /sys/class: what drivers number, <c>accel/accel3</c>, <c>habanalabs/hl3</c>. Each has a link to the device that it stands for (kernel:
/// Documentation/ABI/testing/sysfs-class; accelerators: Documentation/accel/introduction.rst).
/// </summary>
public static class ClassDevices
{
    /// <summary>The PCI function behind one of a class; null where there is none of that name, or where it is no PCI device.</summary>
    public static PciAddress? Function(string root, string @class, string name)
    {
        try
        {
            string? target = new FileInfo(Path.Combine(root, "sys/class", @class, name, "device")).LinkTarget;
            return PciAddress.TryParse(Path.GetFileName(target.AsSpan()), out PciAddress address) ? address : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
