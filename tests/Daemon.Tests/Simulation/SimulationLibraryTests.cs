using Forewarn.Daemon.Simulation;

namespace Forewarn.Daemon.Tests.Simulation;

public class SimulationLibraryTests
{
    [Fact]
    public void Names_come_from_the_files_in_the_folder()
    {
        using var simulator = new BadSimulator(":");
        Assert.Equal(["a100-8", "h100-8"], simulator.Library.Profiles);
        Assert.Equal(["one-lost"], simulator.Library.Scenarios);
    }

    [Fact]
    public void A_choice_is_a_profile_a_scenario_or_a_scenarios_file()
    {
        using var simulator = new BadSimulator(":");
        var file = Path.Combine(simulator.Folder, "mine.scenario");
        File.WriteAllText(file, "");

        Assert.Equal(("--profile", "h100-8.conf"), Found(simulator, "h100-8"));
        Assert.Equal(("--scenario", "one-lost.scenario"), Found(simulator, "one-lost"));
        Assert.Equal(("--scenario", "mine.scenario"), Found(simulator, file));
    }

    [Fact]
    public void An_unknown_choice_names_the_nearest_and_all_others()
    {
        using var simulator = new BadSimulator(":");
        var refused = Assert.Throws<SimulationException>(() => simulator.Library.Find("h10-8"));
        Assert.Equal(
            "\"h10-8\" is no profile, scenario or file (did you mean h100-8?); profiles: a100-8, h100-8; scenarios: one-lost",
            refused.Message);
    }

    [Fact]
    public void Without_the_program_the_message_says_what_to_install()
    {
        using var simulator = new BadSimulator();
        var refused = Assert.Throws<SimulationException>(() => simulator.Library.Find("h100-8"));
        Assert.Contains(simulator.Library.Program, refused.Message, StringComparison.Ordinal);
        Assert.Contains("package forewarn-simulator", refused.Message, StringComparison.Ordinal);
        Assert.Contains("make native", refused.Message, StringComparison.Ordinal);
    }

    private static (string Option, string File) Found(BadSimulator simulator, string name) =>
        simulator.Library.Find(name) is var choice ? (choice.Option, Path.GetFileName(choice.File)) : default;
}
