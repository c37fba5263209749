using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Checkpoints;

/// <summary>Which of several is taken, and why the newer ones are not.</summary>
public sealed class LatestCheckpointTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    [Fact]
    public void One_that_the_tracker_does_not_name_yet_is_not_finished()
    {
        _ = Layouts.Build(_folder, "megatron");
        _folder.Text("latest_checkpointed_iteration.txt", "100\n");
        var verdicts = _folder.Latest();
        var refused = Assert.Single(verdicts[0].Checkpoint.Defects);
        Assert.Equal((".", CheckpointDefectKind.NotCommitted, "is not finished: latest_checkpointed_iteration.txt names 100"), (refused.File, refused.Kind, refused.Reason));
        Assert.Equal((100L, true), (verdicts[1].Checkpoint.Step, verdicts[1].IsComplete));
    }

    [Theory]
    [InlineData("")]
    [InlineData("release")]
    [InlineData("99999999999999999999999")]
    [InlineData("\u0000\u0000\u0000")]
    public void A_tracker_that_names_no_step_commits_nothing(string text)
    {
        _ = Layouts.Build(_folder, "megatron");
        _folder.Text("latest_checkpointed_iteration.txt", text);
        Assert.All(_folder.Latest(), verdict => Assert.Equal(CheckpointDefectKind.NotCommitted, Assert.Single(verdict.Checkpoint.Defects).Kind));
    }

    [Fact]
    public void Without_a_tracker_DeepSpeed_takes_it_when_the_tag_is_named_to_it()
    {
        _ = Layouts.Build(_folder, "deepspeed");
        File.Delete(_folder.PathOf("latest"));
        var latest = _folder.Latest()[0];
        Assert.True(latest.IsComplete);
        Assert.Contains("there is no latest", Assert.Single(latest.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_of_the_jobs_own_is_known_by_what_lies_in_it()
    {
        _ = Layouts.Build(_folder, "deepspeed");
        Directory.Move(_folder.PathOf("global_step200"), _folder.PathOf("epoch7"));
        _folder.Text("latest", "epoch7");
        Assert.Equal(("deepspeed", true), (_folder.Verify("epoch7").Checkpoint.Format, _folder.Verify("epoch7").IsComplete));
    }

    [Fact]
    public void The_last_rank_of_all_is_missed_by_its_number()
    {
        var name = Layouts.One(_folder, "deepspeed", 100);
        foreach (var rank in (string[])["00", "01"]) File.Delete(_folder.PathOf($"{name}/bf16_zero_pp_rank_3_mp_rank_{rank}_optim_states.pt"));
        Assert.True(_folder.Verify(name).IsComplete); // Nothing tells that there ever was a rank 3.
        var told = _folder.Verify(name, order => order with { Ranks = 8 });
        Assert.Equal("has optimizer states of 6 processes, not of 8", Assert.Single(told.Checkpoint.Defects).Reason);
    }

    [Fact]
    public void A_job_that_became_smaller_is_believed_when_it_is_told()
    {
        var name = Layouts.Build(_folder, "deepspeed");
        foreach (var rank in (string[])["00", "01"]) File.Delete(_folder.PathOf($"{name}/bf16_zero_pp_rank_3_mp_rank_{rank}_optim_states.pt"));
        Assert.Equal(2, _folder.Verify(name).Checkpoint.Defects.Count(defect => defect.Kind == CheckpointDefectKind.Missing));
        Assert.True(_folder.Verify(name, order => order with { Ranks = 6 }).IsComplete);
    }

    [Fact]
    public void A_partition_far_smaller_than_its_like_is_refused()
    {
        var name = Layouts.One(_folder, "deepspeed", 100);
        _folder.Torch($"{name}/bf16_zero_pp_rank_2_mp_rank_01_optim_states.pt", 300);
        Assert.Equal(CheckpointDefectKind.TooSmall, Assert.Single(_folder.Verify(name).Checkpoint.Defects).Kind);
    }

    [Fact]
    public void A_file_of_half_the_size_that_it_had_before_is_refused()
    {
        var name = Layouts.Build(_folder, "huggingface");
        _folder.Torch($"{name}/optimizer.pt", 500);
        var refused = Assert.Single(_folder.Verify(name).Checkpoint.Defects);
        Assert.Equal(("optimizer.pt", CheckpointDefectKind.TooSmall), (refused.File, refused.Kind));
    }

    [Fact]
    public void A_later_save_into_the_same_folder_that_was_not_finished_is_seen()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        _folder.Age($"{name}/__1_0.distcp", TimeSpan.FromMinutes(30));
        Assert.Equal(("__1_0.distcp", CheckpointDefectKind.NotCommitted), (_folder.Verify(name).Checkpoint.Defects[0].File, _folder.Verify(name).Checkpoint.Defects[0].Kind));
    }

    [Fact]
    public void Shards_that_the_index_does_not_name_are_left_by_an_earlier_save()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        _folder.RealTorch($"{name}/__2_0.distcp", "step-100/__1_0.distcp");
        var verdict = _folder.Verify(name);
        Assert.True(verdict.IsComplete);
        Assert.Contains("1 shards", Assert.Single(verdict.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_older_than_asked_for_is_not_taken_and_nothing_before_it_is_looked_at()
    {
        _ = Layouts.Build(_folder, "huggingface");
        var verdict = Assert.Single(_folder.Latest(order => order with { NewerThan = CheckpointFolder.Now - TimeSpan.FromMinutes(30) }));
        Assert.Equal(CheckpointCompleteness.TooOld, verdict.Checkpoint.Completeness);
        Assert.True(_folder.Latest(order => order with { NewerThan = CheckpointFolder.Now - TimeSpan.FromHours(2) })[0].IsComplete);
    }

    [Fact]
    public void A_file_servers_clock_that_is_ahead_unsettles_and_is_named()
    {
        var name = Layouts.Build(_folder, "huggingface");
        _folder.Age($"{name}/trainer_state.json", TimeSpan.FromMinutes(-5));
        Assert.Contains("in the future", Assert.Single(_folder.Verify(name).Checkpoint.Defects).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint-is-incomplete.txt")]
    [InlineData("model.safetensors.tmp.partial")]
    public void A_marker_of_an_unfinished_save_refuses(string marker)
    {
        var name = Layouts.Build(_folder, "huggingface");
        _folder.Text($"{name}/{marker}", "");
        Assert.Equal((marker, CheckpointDefectKind.Staging), (_folder.Latest()[0].Checkpoint.Defects[0].File, _folder.Latest()[0].Checkpoint.Defects[0].Kind));
    }

    [Fact]
    public void A_marker_beside_the_folder_refuses_too()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        _folder.Text(name + "-unfinished", "");
        Assert.Equal(CheckpointDefectKind.Staging, Assert.Single(_folder.Latest()[0].Checkpoint.Defects).Kind);
    }

    [Fact]
    public void A_staging_folder_is_left_out_and_named()
    {
        _ = Layouts.Build(_folder, "huggingface");
        Layouts.One(_folder, "huggingface", 300);
        Directory.Move(_folder.PathOf("checkpoint-300"), _folder.PathOf("tmp-checkpoint-300"));
        Assert.Equal(200, _folder.Latest()[0].Checkpoint.Step);
        Assert.Equal("tmp-checkpoint-300", Assert.Single(_folder.Skipped).Name);
    }

    [Fact]
    public void A_staging_file_that_a_later_save_overtook_is_a_note()
    {
        var name = Layouts.Build(_folder, "torch-distributed");
        _folder.Text($"{name}/.metadata.tmp", "half").Age($"{name}/.metadata.tmp", TimeSpan.FromHours(2));
        Assert.Equal(".metadata.tmp was left by an earlier save", Assert.Single(_folder.Verify(name).Notes));
    }

    [Fact]
    public void A_state_of_another_step_than_the_folder_says_is_refused()
    {
        var name = Layouts.Build(_folder, "huggingface");
        _folder.Text($"{name}/trainer_state.json", """{"global_step": 150}""");
        Assert.Equal("tells step 150, the folder's name 200", Assert.Single(_folder.Verify(name).Checkpoint.Defects).Reason);
    }

    [Fact]
    public void Single_files_are_taken_by_their_time_and_a_pattern_chooses()
    {
        _folder.Torch("epoch=9.ckpt").Age("epoch=9.ckpt", TimeSpan.FromHours(3)).Torch("last.ckpt").Torch("other.pt").Age("other.pt", TimeSpan.FromMinutes(5));
        Assert.Equal(_folder.PathOf("last.ckpt"), _folder.Latest(order => order with { Pattern = "*.ckpt" })[0].Checkpoint.Path);
        _folder.Cut("last.ckpt", 700);
        Assert.Equal([false, true], _folder.Latest(order => order with { Pattern = "*.ckpt" }).Select(verdict => verdict.IsComplete));
    }

    [Fact]
    public void Whoever_names_the_checkpoint_itself_gets_it()
    {
        foreach (var file in (string[])["__0_0.distcp", "__1_0.distcp", ".metadata"]) _folder.RealTorch(file, $"step-100/{file}");
        Assert.Equal((_folder.Root, true), (_folder.Latest()[0].Checkpoint.Path, _folder.Latest()[0].IsComplete));
    }

    [Fact]
    public void What_was_changed_after_it_at_a_lower_step_is_said()
    {
        var name = Layouts.Build(_folder, "huggingface");
        Directory.SetLastWriteTimeUtc(_folder.PathOf(name), CheckpointFolder.Now.AddHours(-2).UtcDateTime);
        Directory.SetLastWriteTimeUtc(_folder.PathOf("checkpoint-100"), CheckpointFolder.Now.AddHours(-1).UtcDateTime);
        Assert.Contains("was the job taken back?", Assert.Single(_folder.Latest()[0].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Real_PyTorch_files_are_read_as_they_are()
    {
        _folder.RealTorch("model.pt", "model.pt").RealTorch("legacy.pt", "legacy.pt");
        Assert.Equal(("zip directory, 3 parts", true), (_folder.Verify("model.pt").Checks[0].Check, _folder.Verify("model.pt").IsComplete));
        Assert.Equal("a bare pickle, as torch wrote before 1.6: it has no end mark", _folder.Verify("legacy.pt").Checks[0].Check);
        for (var length = File.ReadAllBytes(CheckpointFolder.Fixture("model.pt")).Length - 1; length > 0; length -= 7)
        {
            _folder.Cut("model.pt", length);
            Assert.Equal(CheckpointDefectKind.Torn, Assert.Single(_folder.Verify("model.pt").Checkpoint.Defects).Kind);
        }
    }

    [Fact]
    public void A_hole_of_zeros_where_a_power_cut_took_the_bytes_is_seen()
    {
        _folder.RealTorch("model.pt", "model.pt").Bytes("model.pt", new byte[800]);
        Assert.Equal("does not begin as torch.save writes", Assert.Single(_folder.Verify("model.pt").Checkpoint.Defects).Reason);
    }

    public void Dispose() => _folder.Dispose();
}
