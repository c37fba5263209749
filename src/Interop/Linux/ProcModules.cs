namespace Forewarn.Interop.Linux;

/// <summary>/proc/modules: the kernel's loaded modules, a line each that begins with the name.</summary>
public static class ProcModules
{
    /// <summary>Reads it into a buffer of the caller's; what does not fit is cut off. False where the kernel has none or does not show them.</summary>
    public static bool TryRead(string root, Span<byte> buffer, out ReadOnlySpan<byte> text)
        => SmallFile.TryRead(Path.Combine(root, "proc/modules"), buffer, out text);
}
