namespace Forewarn.Daemon.Roles;

/// <summary>Where this program's own executable is, to start its children from.</summary>
internal static class ProgramFile
{
    private const string Name = "forewarn";

    // Of the packages alone: a native program maps all of itself, so what uses a vendor library is one that holds nothing else.
    private const string Probe = "forewarn-probe";

    /// <summary>This process's executable, or the one beside the assembly when a host such as <c>dotnet</c> runs it.</summary>
    public static string Find()
    {
        var own = Environment.ProcessPath;
        return own is not null && Path.GetFileName(own) == Name ? own : Path.Join(AppContext.BaseDirectory, Name);
    }

    /// <summary>What runs a probe: the small program beside this one, or this one where it was not made.</summary>
    public static string FindProbe()
    {
        var own = Find();
        var small = Path.Join(Path.GetDirectoryName(own), Probe); // of the file itself, also where it was started by the link in /usr/bin
        return File.Exists(small) ? small : own;
    }
}
