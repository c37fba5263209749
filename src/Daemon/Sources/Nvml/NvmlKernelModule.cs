using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>/proc/driver/nvidia/version: what the loaded kernel module says of itself.</summary>
internal static class NvmlKernelModule
{
    /// <summary>Null where there is no module, or the file is of a kind not seen yet.</summary>
    public static NvmlDriverVersion? Read(string root)
    {
        try
        {
            return Parse(File.ReadAllText(Path.Join(root, "proc/driver/nvidia/version")));
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>"NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.163.01  …": the first word of that line that is a version.</summary>
    public static NvmlDriverVersion? Parse(string text)
    {
        foreach (var word in text.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (NvmlDriverVersion.TryParse(word, out var version)) return version;
        return null;
    }
}
