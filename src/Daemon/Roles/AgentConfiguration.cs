using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Roles;

/// <summary>
/// The configuration of an agent as it was asked for. What is simulated has no business among what this machine's own agent keeps: it has a state
/// directory and a spool of its own, unless others were named for it.
/// </summary>
internal static class AgentConfiguration
{
    public static ConfigurationResult Load(AgentRequest request)
    {
        var loader = new ConfigurationLoader(ProgramSettings.Catalog);
        var loaded = loader.Load(request.Paths, request.Overrides);
        if (request.Simulate is null || loaded.Options is not { } options) return loaded;
        List<ConfigurationOverride> own = [];
        if (!IsNamed(loaded.Values.Origin(SettingCatalog.StateDir), request.Paths))
            own.Add(new ConfigurationOverride("--simulate", $"Agent.StateDir={Path.Join(options.Agent.RuntimeDir, "simulated-state")}"));
        // Without a name it lies in the state directory.
        if (!IsNamed(loaded.Values.Origin(InfluxSettings.SpoolDir), request.Paths)) own.Add(new ConfigurationOverride("--simulate", "Influx.SpoolDir="));
        return own.Count == 0 ? loaded : loader.Load(request.Paths, [.. request.Overrides, .. own]);
    }

    /// <summary>On the command line, or in a file that the command line named: the installed one is the real agent's.</summary>
    private static bool IsNamed(SettingOrigin origin, ConfigurationPaths paths)
        => origin != SettingOrigin.Default && (origin.Line == 0 || paths.Required);
}
