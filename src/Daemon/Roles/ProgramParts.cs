using System.Diagnostics.CodeAnalysis;

namespace Forewarn.Daemon.Roles;

/// <summary>What this build of the program holds.</summary>
internal static class ProgramParts
{
    /// <summary>
    /// Whether it runs probes and nothing else (<c>dotnet publish -p:ProbeOnly=true</c>). The compiler of native code takes it for a constant and leaves out all
    /// that only the other roles use.
    /// </summary>
    [FeatureSwitchDefinition("Forewarn.ProbeOnly")]
    public static bool ProbeOnly => AppContext.TryGetSwitch("Forewarn.ProbeOnly", out var only) && only;
}
