using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Store;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_archive_has_everything_under_names_that_tell_whose_it_is()
    {
        var files = Unpack(Write());
        const string folder = "forewarn-report-gpu-node-17-165023003-20260304T031607Z/";
        Assert.Equal(["summary.txt", "kernel.log", "explain.json", "device.json", "node.json", "events.json"], files.Keys.Select(name => name[folder.Length..]));
        Assert.All(files.Keys, name => Assert.StartsWith(folder, name, StringComparison.Ordinal));
        Assert.Equal(JudgedNode.XidLine + "\n", files[folder + "kernel.log"]);
        Golden.Matches("Cli/golden/report-summary.txt", files[folder + "summary.txt"]);
    }

    [Fact]
    public void The_same_answers_make_the_same_bytes() => Assert.Equal(File.ReadAllBytes(Write("one")), File.ReadAllBytes(Write("other")));

    [Fact]
    public void It_is_for_its_owner_alone() => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Write()));

    [Fact]
    public void Neither_the_work_on_it_nor_where_points_go_is_told()
    {
        var all = string.Concat(Unpack(Write()).Values);
        Assert.DoesNotContain("secret-project", all, StringComparison.Ordinal);
        Assert.DoesNotContain("influx.example", all, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_can_be_written_it_says_so_and_leaves_nothing()
    {
        var nowhere = Path.Combine(_folder.Path, "no", "such", "folder.tar.gz");
        var failed = Assert.Throws<CommandFailedException>(() => ReportCommand.Write(nowhere, Dossier()));
        Assert.StartsWith($"cannot write {nowhere}: ", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("5d:00.0")]
    [InlineData("165023003")]
    [InlineData("GPU-00000000-0000-4000-8000-000000000003")]
    public async Task The_command_asks_the_agent_for_card_node_and_events_of_that_card_alone(string name)
    {
        var output = Path.Combine(_folder.Path, "out.tar.gz");
        var report = await ReportAsync("report", name, "-o", output);
        Assert.Equal((0, "", $"written: {output}\n"), (report.Code, report.Error, report.Output));

        var files = Unpack(output).ToDictionary(file => file.Key[(file.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], file => file.Value);
        Assert.StartsWith("forewarn-report-gpu-node-17-165023003-20260304T031607Z/", Unpack(output).Keys.First(), StringComparison.Ordinal);
        Assert.Contains("serial                165023003\n", files["summary.txt"], StringComparison.Ordinal);
        Assert.Contains("rack                  A7, row 3\n", files["summary.txt"], StringComparison.Ordinal);
        Assert.Contains("Row remapping failed (row-remap-failed)", files["summary.txt"], StringComparison.Ordinal);
        Assert.Equal(JudgedNode.XidLine + "\n", files["kernel.log"]);
        using var events = JsonDocument.Parse(files["events.json"]);
        var told = Assert.Single(events.RootElement.GetProperty("events").EnumerateArray());
        Assert.Equal((1, 64), (told.GetProperty("id").GetInt32(), told.GetProperty("code").GetInt32()));
        using var node = JsonDocument.Parse(files["node.json"]);
        Assert.Equal("gpu-node-17", node.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task As_json_it_says_which_file_has_what()
    {
        var output = Path.Combine(_folder.Path, "out.tar.gz");
        var report = await ReportAsync("report", "3", "--json", "--output", output);
        using var json = JsonDocument.Parse(report.Output);
        Assert.Equal(output, json.RootElement.GetProperty("file").GetString());
        Assert.False(json.RootElement.GetProperty("simulated").GetBoolean());
        Assert.Equal(
            ["summary.txt", "kernel.log", "explain.json", "device.json", "node.json", "events.json"], json.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString()));
    }

    [Fact]
    public async Task A_card_that_is_not_there_is_named_and_nothing_written()
    {
        var output = Path.Combine(_folder.Path, "out.tar.gz");
        var report = await ReportAsync("report", "17", "-o", output);
        Assert.Equal(1, report.Code);
        Assert.Contains("there is no device \"17\": the indices go from 0 to 7\n", report.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
    }

    [Fact]
    public async Task Where_the_file_cannot_be_written_the_command_fails()
    {
        var report = await ReportAsync("report", "3", "-o", Path.Combine(_folder.Path, "no", "out.tar.gz"));
        Assert.Equal(1, report.Code);
        Assert.Contains("cannot write ", report.Error, StringComparison.Ordinal);
        Assert.Equal("", report.Output);
    }

    /// <summary>Against an agent that has judged a card, has an event of it and one of another, and stands in a rack.</summary>
    private async Task<Command> ReportAsync(params string[] arguments)
    {
        var node = JudgedNode.Build();
        node.Judge(3, HealthState.Failing, JudgedNode.RowRemapFailed(node, 3));
        using var stored = new StoredNode();
        stored.Writer.Post(SomeEvents.Batch(
            (1, SomeEvents.Xid(64) with { Device = node[3].Device, Raw = JudgedNode.XidLine }), (2, SomeEvents.Xid(79) with { Device = node[4].Device, Raw = "of another card" })));
        stored.Writer.Turn();
        await using var served = await ServedNode.StartAsync(node, events: stored.Endpoints);
        return await Command.RunAsync([.. arguments, "--socket", served.Socket], _folder.Write("f.conf", "[Agent]\nRack=A7, row 3\n"));
    }

    private string Write(string name = "report")
    {
        var file = Path.Combine(_folder.Path, name + ".tar.gz");
        ReportCommand.Write(file, Dossier());
        return file;
    }

    private static CardDossier Dossier()
    {
        var node = JudgedNode.Build();
        node.Judge(3, HealthState.Failing, JudgedNode.RowRemapFailed(node, 3))
            .Runs(3, new DeviceWorkload(new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "0f6f3c7e", Pod = "secret-project", Namespace = "x" }, 1, -1))
            .Read(3, Reading.Of(SignalId.RowRemapBanksMax, 638), Reading.Of(SignalId.RowRemapBanksNone, 2), Reading.Of(SignalId.EccUncorrected, 3), Reading.Of(SignalId.RowRemapFailed, 1));
        node[3].CountDriverError(64);
        node.View.Add(new DeliveryView("influx", "https://influx.example:8086"));
        var device = new SingleDevice { Simulated = false, Node = node.View.Node.Name, Time = HandMadeNode.Now, Device = DeviceReports.Device(node[3], null) };
        return new(device, NodeReports.Node(node.View, HandMadeNode.Now), Events(), "A7");
    }

    private static EventList Events() => new()
    {
        Simulated = false,
        Node = "gpu-node-17",
        LastId = 2,
        Events =
        [
            Event(2, HealthEventKind.FindingRaised, "row-remap-failed: a bad row of memory could not be replaced by a spare one (flag 1, should be 0)", 1, null),
            Event(1, HealthEventKind.DriverError, "Xid 64", 2, JudgedNode.XidLine),
        ],
    };

    private static EventReport Event(long id, HealthEventKind kind, string text, long count, string? raw) => new()
    {
        Id = id,
        Kind = kind,
        Text = text,
        Count = count,
        Raw = raw,
        Sources = ["kernel"],
        FirstSeen = HandMadeNode.Now.AddMinutes(-4).AddSeconds(id),
        LastSeen = HandMadeNode.Now.AddMinutes(-4).AddSeconds(id + count - 1),
    };

    private static Dictionary<string, string> Unpack(string file)
    {
        using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var tar = new TarReader(packed);
        var files = new Dictionary<string, string>();
        while (tar.GetNextEntry() is { } entry)
        {
            using var text = new StreamReader(entry.DataStream!);
            files.Add(entry.Name, text.ReadToEnd());
        }

        return files;
    }
}
