using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Doctor;

/// <summary>What may not or cannot be asked is said, and never ends the rest.</summary>
public class SourceExaminerTests
{
    private static readonly AgentSeen Gone = new() { Socket = "/nonexistent" };

    [Fact(Timeout = 10_000)]
    public async Task Without_a_folder_for_its_files_it_says_so()
    {
        var facts = await RunAsync(Gone, null, () => throw new IOException("No space left on device"));
        Assert.Equal("no process could be started for that: No space left on device", facts.NotDone);
        Assert.Contains("TMPDIR=", facts.Remedy!, StringComparison.Ordinal);
    }

    [Fact(Timeout = 10_000)]
    public async Task Without_a_process_it_says_so()
    {
        using var folder = new TemporaryFolder();
        var slots = Path.Join(folder.Path, "slots");
        var facts = await RunAsync(Gone, null, () => Directory.CreateDirectory(slots));
        Assert.StartsWith("no process could be started for that: ", facts.NotDone, StringComparison.Ordinal);
        Assert.False(Directory.Exists(slots));
    }

    [Theory(Timeout = 10_000)]
    [InlineData(true, "the agent runs and was not heard; an operator may have released the devices")]
    [InlineData(false, "an operator released the devices")]
    public async Task What_is_or_may_be_released_is_not_touched(bool isSilent, string why)
    {
        var account = isSilent ? null : new SourceAccount(SourceState.Released, null, 8, 8, 0, []);
        var facts = await RunAsync(Gone with { IsSilent = isSilent }, account, () => throw new InvalidOperationException("it was asked"));
        Assert.StartsWith(why, facts.NotDone, StringComparison.Ordinal);
    }

    private static async Task<SourceFacts> RunAsync(AgentSeen agent, SourceAccount? account, Func<DirectoryInfo> makeFolder)
    {
        var entry = SourceRegistry.All[0];
        var catalog = new SettingCatalog([.. SourceRegistry.All.Select(source => source.Declaration)]);
        var values = new ConfigurationLoader(catalog).Load(new("/nonexistent", Required: false), []).Values;
        var options = catalog.Sources.Single(source => source.Name == entry.Declaration.Name).Bind(values);
        using var examiner = new SourceExaminer("/nonexistent/forewarn", "/nonexistent", isSimulated: false, makeFolder, TimeProvider.System);
        return await examiner.RunAsync(entry, options, agent, account, CancellationToken.None);
    }
}
