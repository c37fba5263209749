using System.Diagnostics.CodeAnalysis;

namespace Forewarn.Interop.Linux;

/// <summary>A device number's first half and the name that its driver registered.</summary>
public sealed record DeviceMajor(int Major, string Name);

/// <summary>/proc/devices: which drivers hold which majors. One major may have several names.</summary>
public sealed record ProcDevices(IReadOnlyList<DeviceMajor> Character, IReadOnlyList<DeviceMajor> Block)
{
    public static bool TryRead(string root, [NotNullWhen(true)] out ProcDevices? devices)
    {
        devices = null;
        try
        {
            devices = Parse(File.ReadAllText(Path.Combine(root, "proc/devices")));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Two headed lists of "major name"; a line that is not so is passed over.</summary>
    public static ProcDevices Parse(ReadOnlySpan<char> text)
    {
        List<DeviceMajor> character = [], block = [];
        List<DeviceMajor>? section = null;
        foreach (ReadOnlySpan<char> raw in text.EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            int space = line.IndexOf(' ');
            if (line is "Character devices:") section = character;
            else if (line is "Block devices:") section = block;
            else if (space > 0 && int.TryParse(line[..space], out int major)) section?.Add(new(major, line[(space + 1)..].ToString()));
        }

        return new(character, block);
    }

    /// <summary>The major of a character device by its driver's name, as in "nvidia"; null when no such driver is loaded.</summary>
    public int? CharacterMajor(string name) => Character.FirstOrDefault(device => device.Name == name)?.Major;
}
