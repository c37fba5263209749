using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Simulation;

/// <summary>The folder in which forewarn-simnode lies, with what it can play.</summary>
internal sealed class SimulationLibrary(string directory)
{
    private const string ProfileSuffix = ".conf";
    private const string ScenarioSuffix = ".scenario";

    /// <summary>The program of the simulated node.</summary>
    public string Program => Path.Combine(directory, "forewarn-simnode");

    /// <summary>Names of healthy nodes: h100-8 and the like.</summary>
    public IReadOnlyList<string> Profiles => Names("profiles", ProfileSuffix);

    /// <summary>Names of nodes in trouble.</summary>
    public IReadOnlyList<string> Scenarios => Names("scenarios", ScenarioSuffix);

    /// <summary>A profile's name, a scenario's name, or the path of a scenario file, in this order.</summary>
    public SimulationChoice Find(string nameOrFile)
    {
        RequireProgram();
        if (Profiles.Contains(nameOrFile))
        {
            return new(Path.Combine(directory, "profiles", nameOrFile + ProfileSuffix), IsScenario: false);
        }

        if (Scenarios.Contains(nameOrFile))
        {
            return new(Path.Combine(directory, "scenarios", nameOrFile + ScenarioSuffix), IsScenario: true);
        }

        return File.Exists(nameOrFile)
            ? new(Path.GetFullPath(nameOrFile), IsScenario: true)
            : throw new SimulationException(
                $"\"{nameOrFile}\" is no profile, scenario or file{NearestName.Suggest(nameOrFile, [.. Profiles, .. Scenarios])}; "
                + $"profiles: {List(Profiles)}; scenarios: {List(Scenarios)}");
    }

    /// <summary>Says what to install when the program is missing.</summary>
    public void RequireProgram()
    {
        if (!File.Exists(Program))
        {
            throw new SimulationException(
                $"there is no {Program}: install the package forewarn-simulator, or run \"make native\" in the source tree, "
                + "or name the folder of forewarn-simnode with [Simulation] Directory=");
        }
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private List<string> Names(string folder, string suffix)
    {
        var path = Path.Combine(directory, folder);
        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*" + suffix).Select(file => Path.GetFileName(file)[..^suffix.Length]).Order(StringComparer.Ordinal)]
            : [];
    }
}
