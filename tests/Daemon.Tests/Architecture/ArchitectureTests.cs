using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Architecture;

public class ArchitectureTests
{
    private static readonly string Output = AppContext.BaseDirectory;

    [Fact]
    public void Projects_know_only_whom_they_may()
    {
        var libraries = Directory.GetFiles(Output, "Forewarn.*.dll")
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal) && !file.EndsWith(".TestKit.dll", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(Path.Combine(Output, "Forewarn.Model.dll"), libraries);
        Assert.Contains(Path.Combine(Output, "Forewarn.Controller.dll"), libraries);
        Assert.Empty(libraries.SelectMany(file => HouseRules.BetweenAssemblies(file, Path.GetFileNameWithoutExtension(file))));
    }

    [Fact]
    public void Houses_of_the_daemon_know_only_whom_they_may() =>
        Assert.Empty(HouseRules.InsideDaemon(Path.Combine(Output, "forewarn.dll"), "Forewarn.Daemon", "Forewarn"));

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Files_are_short_and_their_names_say_something(string folder) =>
        Assert.Empty(HouseRules.Files(Path.Combine(Repository.Root, folder)));

    [Fact]
    public void A_project_that_knows_too_much_is_named() =>
        Assert.Contains(
            "Forewarn.Interop knows Forewarn.TestKit",
            HouseRules.BetweenAssemblies(typeof(ArchitectureTests).Assembly.Location, "Forewarn.Interop"));

    [Fact]
    public void Every_breach_inside_the_daemon_is_named()
    {
        const string sample = "Forewarn.Daemon.Tests.Architecture.Sample";
        Assert.Equal(
            [
                "Api.NamesASource knows Sources.GoodSource",
                "Exporters.CallsInterop knows Interop.Library",
                "Sources.CallInAClosure knows Api.Door",
                "Sources.FieldOfAnExporter knows Exporters.Page",
            ],
            HouseRules.InsideDaemon(typeof(ArchitectureTests).Assembly.Location, sample, "Forewarn.Nowhere")
                .Select(breach => breach.Replace(sample + ".", "", StringComparison.Ordinal))
                .Order());
    }

    [Fact]
    public void A_long_file_and_an_empty_name_are_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Long.cs", string.Concat(Enumerable.Repeat("//\n", 401)));
        folder.Write("Fits.cs", string.Concat(Enumerable.Repeat("//\n", 400)));
        folder.Write("Common/Clock.cs", "");
        folder.Write("ProbeManager.cs", "");
        Assert.Equal(
            ["Common/Clock.cs has a name that says nothing", "Long.cs has 401 lines", "ProbeManager.cs has a name that says nothing"],
            HouseRules.Files(folder.Path).Order());
    }
}
