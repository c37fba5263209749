using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Roles;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Roles;

public sealed class AgentConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "", "/var/lib/forewarn")]
    [InlineData("h100-8", "", "/run/forewarn/simulated-state")]
    [InlineData("h100-8", "[Agent]\nStateDir=/srv/forewarn\nRuntimeDir=/run/other\n", "/run/other/simulated-state")] // the real agent's
    [InlineData(null, "[Agent]\nStateDir=/srv/forewarn\n", "/srv/forewarn")]
    public void What_is_simulated_is_kept_apart(string? simulate, string installed, string state)
    {
        var paths = new ConfigurationPaths(_folder.Write("forewarn.conf", installed), Required: false);
        Assert.Equal(state, StateDir(new() { Paths = paths, Overrides = [], Simulate = simulate }));
    }

    [Fact]
    public void Its_points_do_not_go_to_the_real_agents_spool()
    {
        var paths = new ConfigurationPaths(_folder.Write("forewarn.conf", "[Influx]\nSpoolDir=/srv/spool\n"), Required: false);
        Assert.Equal("/srv/spool", SpoolDir(new() { Paths = paths, Overrides = [], Simulate = null }));
        Assert.Equal("/run/forewarn/simulated-state/influx-spool", SpoolDir(new() { Paths = paths, Overrides = [], Simulate = "h100-8" }));
        Assert.Equal("/tmp/c", SpoolDir(new() { Paths = paths, Overrides = [ConfigurationOverride.Set("Influx.SpoolDir=/tmp/c")], Simulate = "h100-8" }));
    }

    [Fact]
    public void A_place_that_was_named_for_it_is_taken()
    {
        var named = ConfigurationPaths.Named(_folder.Write("sim.conf", "[Agent]\nStateDir=/tmp/a\n"));
        Assert.Equal("/tmp/a", StateDir(new() { Paths = named, Overrides = [], Simulate = "h100-8" }));
        Assert.Equal("/tmp/b", StateDir(new() { Paths = named, Overrides = [new("--state-dir", "Agent.StateDir=/tmp/b")], Simulate = "h100-8" }));
        Assert.Equal("/tmp/c", StateDir(new()
        {
            Paths = new("/nonexistent/forewarn.conf", Required: false),
            Overrides = [ConfigurationOverride.Set("Agent.StateDir=/tmp/c")],
            Simulate = "h100-8",
        }));
    }

    private static string SpoolDir(AgentRequest request) => AgentConfiguration.Load(request).Options!.Influx.SpoolDir;

    private static string StateDir(AgentRequest request) => AgentConfiguration.Load(request).Options!.Agent.StateDir;
}
