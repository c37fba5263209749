using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Interop.Linux;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Checkpoints;

/// <summary>A folder that a job saves into, built file by file as the frameworks document it, an hour old unless told.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public string Root => _folder.Path;

    public IReadOnlyList<SkippedName> Skipped { get; private set; } = [];

    public string? Trouble { get; private set; }

    public List<string> Announced { get; } = [];

    public static string Fixture(string name) => Path.Join(Repository.Root, "tests/Daemon.Tests/Checkpoints/fixtures/torch-1.13", name);

    public string PathOf(string name) => Path.Join(Root, name);

    public CheckpointFolder Text(string name, string text) => Bytes(name, Encoding.UTF8.GetBytes(text));

    public CheckpointFolder Bytes(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
        return Age(name, TimeSpan.FromHours(1));
    }

    /// <summary>A zip archive as torch.save makes one, with so many bytes of tensors.</summary>
    public CheckpointFolder Torch(string name, int bytes = 1000)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in (string[])["archive/data.pkl", "archive/data/0"])
            {
                using var stream = archive.CreateEntry(part, CompressionLevel.NoCompression).Open();
                stream.Write(new byte[bytes]);
            }
        }

        return Bytes(name, memory.ToArray());
    }

    public CheckpointFolder Safetensors(string name, int floats = 16)
    {
        var header = Encoding.UTF8.GetBytes(
            $$$"""{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[{{{floats}}}],"data_offsets":[{{{4 * floats}}},{{{8 * floats}}}]},"a":{"dtype":"F32","shape":[{{{floats}}}],"data_offsets":[0,{{{4 * floats}}}]}}""");
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return Bytes(name, [.. length, .. header, .. new byte[8 * floats]]);
    }

    /// <summary>Begins, names and ends as a pickle does.</summary>
    public CheckpointFolder Pickle(string name, params string[] strings) =>
        Bytes(name, [0x80, 4, .. strings.SelectMany(text => (byte[])[0x8c, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)]), (byte)'.']);

    /// <summary>What a real PyTorch wrote.</summary>
    public CheckpointFolder RealTorch(string name, string fixture) => Bytes(name, File.ReadAllBytes(Fixture(fixture)));

    public CheckpointFolder Age(string name, TimeSpan age)
    {
        File.SetLastWriteTimeUtc(PathOf(name), (Now - age).UtcDateTime);
        return this;
    }

    public CheckpointFolder Cut(string name, long bytes)
    {
        using (var file = File.OpenWrite(PathOf(name))) file.SetLength(bytes);
        return Age(name, TimeSpan.FromHours(1));
    }

    public IReadOnlyList<CheckpointVerdict> Latest(Func<CheckpointOrder, CheckpointOrder>? with = null) => Run(null, with);

    public CheckpointVerdict Verify(string name, Func<CheckpointOrder, CheckpointOrder>? with = null) => Run(name, with).Single();

    public void Dispose() => _folder.Dispose();

    private List<CheckpointVerdict> Run(string? name, Func<CheckpointOrder, CheckpointOrder>? with)
    {
        var order = new CheckpointOrder { Root = Root, Name = name, Now = Now };
        order = with?.Invoke(order) ?? order;
        Assert.Equal(Errno.None, Folder.TryOpen(Root, out var root));
        using (root)
        {
            var verdicts = new List<CheckpointVerdict>();
            var examiner = new CheckpointExaminer(new(root!, Announced.Add), order, verdicts.Add);
            Trouble = examiner.Run();
            Skipped = examiner.Skipped;
            return verdicts;
        }
    }
}
