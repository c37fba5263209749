namespace Forewarn.Daemon.Simulation;

/// <summary>What --simulate asks for: a healthy node of a profile, or a scenario, which names its own profile.</summary>
internal sealed record SimulationChoice(string File, bool IsScenario)
{
    /// <summary>The option of forewarn-simnode that takes the file.</summary>
    public string Option => IsScenario ? "--scenario" : "--profile";
}
