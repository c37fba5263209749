namespace Forewarn.Daemon.Roles;

/// <summary>Where this program's own executable is, to start probes from.</summary>
internal static class ProgramFile
{
    private const string Name = "forewarn";

    /// <summary>This process's executable, or the one beside the assembly when a host such as <c>dotnet</c> runs it.</summary>
    public static string Find()
    {
        var own = Environment.ProcessPath;
        return own is not null && Path.GetFileName(own) == Name ? own : Path.Join(AppContext.BaseDirectory, Name);
    }
}
