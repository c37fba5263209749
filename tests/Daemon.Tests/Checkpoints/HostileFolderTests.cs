using Forewarn.Daemon.Checkpoints;
using Forewarn.Interop.Linux;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Checkpoints;

/// <summary>Whoever writes the folder may be careless, or hostile.</summary>
public sealed class HostileFolderTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    [Fact]
    public async Task A_FIFO_is_not_waited_for()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        File.Delete(_folder.PathOf($"{name}/__1_0.distcp"));
        await FifoAsync(_folder.PathOf($"{name}/__1_0.distcp"));
        Assert.Contains(_folder.Verify(name).Checkpoint.Defects, defect => defect is { File: "__1_0.distcp", Kind: CheckpointDefectKind.NotAFile });
    }

    [Fact]
    public async Task A_tracker_that_is_a_FIFO_is_none()
    {
        _ = Layouts.Build(_folder, "megatron");
        File.Delete(_folder.PathOf("latest_checkpointed_iteration.txt"));
        await FifoAsync(_folder.PathOf("latest_checkpointed_iteration.txt"));
        Assert.All(_folder.Latest(), verdict => Assert.Contains(verdict.Checkpoint.Defects, defect => defect.Kind == CheckpointDefectKind.NotCommitted));
    }

    [Fact]
    public void A_tracker_that_is_a_link_names_nothing()
    {
        var name = Layouts.Build(_folder, "deepspeed");
        File.Move(_folder.PathOf("latest"), _folder.PathOf("elsewhere"));
        File.CreateSymbolicLink(_folder.PathOf("latest"), _folder.PathOf("elsewhere"));
        Assert.Equal("is not finished: latest is a symbolic link, which is not followed", Assert.Single(_folder.Verify(name).Checkpoint.Defects).Reason);
    }

    [Fact]
    public void A_checkpoint_that_is_a_link_is_left_out_and_named()
    {
        var name = Layouts.Build(_folder, "huggingface");
        Directory.CreateSymbolicLink(_folder.PathOf("checkpoint-300"), _folder.PathOf(name));
        Assert.Equal(_folder.PathOf(name), _folder.Latest()[0].Checkpoint.Path);
        Assert.Equal([new SkippedName("checkpoint-300", "is a symbolic link, which is not followed")], _folder.Skipped);
    }

    [Fact]
    public void A_link_out_of_the_tree_is_not_followed_in_an_index()
    {
        var name = Layouts.Build(_folder, "huggingface-shards");
        _folder.Text($"{name}/model.safetensors.index.json", """{"weight_map":{"a":"../../../etc/passwd"}}""");
        Assert.Contains(_folder.Verify(name).Checkpoint.Defects, defect => defect is { File: "../../../etc/passwd", Kind: CheckpointDefectKind.Missing });
        Assert.DoesNotContain(_folder.Announced, path => path.Contains("..", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_with_control_characters_are_shown_as_numbers_and_never_taken()
    {
        _ = Layouts.Build(_folder, "huggingface");
        Layouts.One(_folder, "huggingface", 300);
        Directory.Move(_folder.PathOf("checkpoint-300"), _folder.PathOf("checkpoint-300\nrm -rf 9"));
        Assert.Equal(200, _folder.Latest()[0].Checkpoint.Step);
        Assert.Contains(_folder.Skipped, skipped => skipped.Name == "checkpoint-300\\x0arm -rf 9");
    }

    [Fact]
    public void A_forged_rank_is_not_counted_up_to()
    {
        var name = Layouts.Build(_folder, "deepspeed");
        _folder.Torch($"{name}/bf16_zero_pp_rank_999999999_mp_rank_999999999_optim_states.pt");
        Assert.Contains(_folder.Verify(name).Checkpoint.Defects, defect => defect.Kind == CheckpointDefectKind.Invalid);
        Assert.False(_folder.Latest()[0].IsComplete);
    }

    [Fact]
    public void A_forged_series_is_not_counted_up_to()
    {
        var name = Layouts.Build(_folder, "huggingface");
        _folder.Safetensors($"{name}/model-00001-of-99999999999.safetensors");
        Assert.Contains(_folder.Verify(name).Checkpoint.Defects, defect => defect.Kind == CheckpointDefectKind.Invalid);
    }

    [Fact]
    public void More_levels_than_are_looked_at_are_said()
    {
        var name = Layouts.Build(_folder, "plain-ranks");
        _folder.Torch($"{name}/1/2/3/4/5/6/7/8/9/deep.pt");
        Assert.Contains(_folder.Verify(name).Checkpoint.Defects, defect => defect.Kind == CheckpointDefectKind.TooMany);
    }

    [Fact]
    public void More_names_than_are_looked_at_are_said()
    {
        for (var i = 0; i < 50; i++) _folder.Text($"many/{i}", "");
        Assert.Equal(Errno.None, Folder.TryOpen(_folder.Root, out var root));
        using (root)
        {
            var listed = new List<TreeEntry>();
            Assert.Equal(Errno.None, new CheckpointTree(root!, _ => { }).List("many", listed, out var isCut, most: 20));
            Assert.Equal((20, true), (listed.Count, isCut));
        }
    }

    [Fact]
    public void A_file_that_becomes_shorter_while_it_is_read_is_said()
    {
        var name = Layouts.Build(_folder, "huggingface");
        var path = _folder.PathOf($"{name}/model.safetensors");
        using var file = new CheckpointFile(Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec), new FileInfo(path).Length);
        _folder.Cut($"{name}/model.safetensors", 100);
        var finding = Daemon.Checkpoints.Contents.SafetensorsFile.Check(file);
        Assert.Equal((CheckpointDefectKind.StillWritten, "became shorter while it was read"), (finding.Kind, finding.Reason));
    }

    [Fact]
    public void Every_path_is_announced_before_it_is_touched()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        _ = _folder.Latest();
        Assert.Equal(".", _folder.Announced[0]);
        Assert.Contains($"{name}/__0_0.distcp", _folder.Announced);
    }

    [Fact]
    public void An_empty_folder_has_none() => Assert.Empty(_folder.Latest());

    public void Dispose() => _folder.Dispose();

    private static async Task FifoAsync(string path)
    {
        await using var mkfifo = RealProgram.Start("mkfifo", [path]);
        Assert.Equal(0, await mkfifo.Ended);
        File.SetLastWriteTimeUtc(path, (CheckpointFolder.Now - TimeSpan.FromHours(1)).UtcDateTime);
    }
}
