using System.Reflection;

namespace Forewarn.Daemon.Roles;

/// <summary>The version of this program, as the build wrote it.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
