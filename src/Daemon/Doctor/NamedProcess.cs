using System.Globalization;

namespace Forewarn.Daemon.Doctor;

/// <summary>
/// A process by the kernel's name of it. Its arguments lie in its own memory, and reading them waits for one that a driver holds: ask for few.
/// </summary>
internal sealed record NamedProcess(int Pid, string Name, Func<string[]> Arguments)
{
    /// <summary>Every process that can be seen.</summary>
    public static IEnumerable<NamedProcess> All()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) continue;
            if (Read(Path.Join(directory, "comm")) is { } name)
                yield return new(pid, name.TrimEnd('\n'), () => (Read(Path.Join(directory, "cmdline")) ?? "").Split('\0'));
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
