using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Roles;

/// <summary>
/// The configuration of an agent as it was asked for. What is simulated has no business among what this machine's own agent keeps: it has a state
/// directory of its own, unless one was named for it.
/// </summary>
internal static class AgentConfiguration
{
    public static ConfigurationResult Load(AgentRequest request)
    {
        var loader = new ConfigurationLoader(ProgramSettings.Catalog);
        var loaded = loader.Load(request.Paths, request.Overrides);
        if (request.Simulate is null || loaded.Options is not { } options || IsNamed(loaded.Values.Origin(SettingCatalog.StateDir), request.Paths)) return loaded;
        var state = Path.Join(options.Agent.RuntimeDir, "simulated-state");
        return loader.Load(request.Paths, [.. request.Overrides, new ConfigurationOverride("--simulate", $"Agent.StateDir={state}")]);
    }

    /// <summary>On the command line, or in a file that the command line named: the installed one is the real agent's.</summary>
    private static bool IsNamed(SettingOrigin origin, ConfigurationPaths paths)
        => origin != SettingOrigin.Default && (origin.Line == 0 || paths.Required);
}
