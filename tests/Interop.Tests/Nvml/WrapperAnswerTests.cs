using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>
/// What every wrapper answers on a card and driver, in a file each. FOREWARN_UPDATE_GOLDEN=1 writes what came out, as root; look at the diff then.
/// Each is asked with what a blanket call has: the first card, an event set, zeros and room for an answer.
/// </summary>
public class WrapperAnswerTests
{
    // These end the session or the set, or wait: SimulatedNvmlTests calls them by name.
    private static readonly string[] CalledByName = ["Init", "Shutdown", "EventSetFree", "EventSetWait"];

    [Theory]
    [InlineData("h100-8", "r450")]
    [InlineData("h100-8", "r535-86")]
    [InlineData("h100-8", "r535")]
    [InlineData("h100-8", "r580")]
    [InlineData("h100-8-mig", "r580")]
    [InlineData("gb200-4", "r580")]
    public void Every_wrapper_answers_as_its_file_says(string profile, string driver)
    {
        using var node = new SimulatedNode(driver, profile);
        LibraryLoad<NvmlLibrary> load = NvmlLibrary.Load(node.Library);
        Assert.True(load.IsLoaded, load.Detail);
        using NvmlLibrary nvml = load.Library;
        Assert.Equal(NvmlReturn.Success, nvml.Init());
        string[] answers = [.. Answers(nvml)];
        Assert.Equal(NvmlReturn.Success, nvml.Shutdown());

        string path = Path.Combine(SimulatedNode.RepositoryRoot(), "tests/Interop.Tests/Nvml/golden", $"wrappers-{profile}-{driver}.txt");
        if (Environment.GetEnvironmentVariable("FOREWARN_UPDATE_GOLDEN") == "1") File.WriteAllLines(path, answers);
        string[] expected = File.ReadAllLines(path);
        Assert.Equal(expected.Select(NameOf), answers.Select(NameOf));
        Assert.All(expected.Zip(answers), pair => Assert.True(Agree(pair.First, pair.Second), $"the file has {pair.First}, the library {pair.Second}"));
    }

    private static IEnumerable<string> Answers(NvmlLibrary nvml)
    {
        Assert.Equal(NvmlReturn.Success, nvml.DeviceGetHandleByIndex(0, out NvmlDevice device));
        Assert.Equal(NvmlReturn.Success, nvml.EventSetCreate(out NvmlEventSet set));
        var arguments = new WrapperArguments(device, set);
        foreach (Wrapper wrapper in Wrapper.All.Where(wrapper => !CalledByName.Contains(wrapper.Method)).OrderBy(wrapper => wrapper.Name, StringComparer.Ordinal))
            yield return $"{wrapper.Name}: {wrapper.Call(nvml, arguments)}";
        Assert.Equal(NvmlReturn.Success, nvml.EventSetFree(set));
    }

    private static string NameOf(string line) => line[..line.LastIndexOf(": ", StringComparison.Ordinal)];

    // Some readings are for root alone; to anybody else they say so.
    private static bool Agree(string expected, string answer) =>
        expected == answer || (!Environment.IsPrivilegedProcess && answer.EndsWith(": NoPermission", StringComparison.Ordinal));
}
