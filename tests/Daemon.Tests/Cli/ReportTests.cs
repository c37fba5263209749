using System.Formats.Tar;
using System.IO.Compression;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Api;
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
