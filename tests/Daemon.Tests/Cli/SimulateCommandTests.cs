using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _configuration;

    public SimulateCommandTests()
    {
        _configuration = _folder.Write("forewarn.conf", $"[Simulation]\nDirectory={_folder.Path}\n");
        _folder.Write("profiles/h100-8.conf", "# Eight H100 cards.\n# More.\nproduct = \"x\"\n");
        _folder.Write("scenarios/lost.scenario", "profile h100-8\n# A card falls off the bus.\nat 1s gpu 3 lost\n");
        // Stands for the program's "check": it complains as that does, or is content.
        Executable("forewarn-simnode", """
            #!/bin/sh
            [ "$1" = check ] || exit 9
            grep -q good "$2" && exit 0
            echo "$2:1:4: no gpu 99" >&2
            exit 2
            """);
    }

    [Fact]
    public async Task Profiles_and_scenarios_are_listed_with_what_their_files_say()
    {
        var profiles = await Command.RunAsync(["simulate", "profiles"], _configuration);
        Assert.Equal("NAME   WHAT\nh100-8 Eight H100 cards.\n", profiles.Output);
        var scenarios = await Command.RunAsync(["simulate", "scenarios", "--json"], _configuration);
        Assert.Equal(
            "{\n  \"names\": [\n    {\n      \"name\": \"lost\",\n      \"what\": \"A card falls off the bus.\"\n    }\n  ]\n}\n",
            scenarios.Output);
    }

    [Fact]
    public async Task A_scenario_is_checked()
    {
        var bad = _folder.Write("bad", "gpu 99 lost");
        var refused = await Command.RunAsync(["simulate", "check", bad], _configuration);
        Assert.Equal((2, "", $"{bad}:1:4: no gpu 99\n"), (refused.Code, refused.Output, refused.Error));
        var taken = await Command.RunAsync(["simulate", "check", _folder.Write("fine", "good")], _configuration);
        Assert.Equal((0, "the scenario is good\n"), (taken.Code, taken.Output));
    }

    [Fact]
    public async Task A_missing_program_says_what_to_install()
    {
        File.Delete(Path.Combine(_folder.Path, "forewarn-simnode"));
        var profiles = await Command.RunAsync(["simulate", "profiles"], _configuration);
        Assert.Equal(1, profiles.Code);
        Assert.Contains("install the package forewarn-simulator", profiles.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Executable(string name, string text)
    {
        var file = _folder.Write(name, text);
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
    }
}
