using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Checkpoints;

/// <summary>What holds for every format: whole is complete; with any one file missing, torn, empty or half written it is not, and that file is named.</summary>
public class EveryFormatTests
{
    public static TheoryData<string> All => [.. Layouts.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void A_whole_one_is_complete_and_all_its_files_were_looked_into(string layout)
    {
        using var folder = new CheckpointFolder();
        var name = Layouts.Build(folder, layout);
        var latest = Assert.Single(folder.Latest());
        Assert.Empty(latest.Checkpoint.Defects);
        Assert.Equal((folder.PathOf(name), 200L, CheckpointCompleteness.Complete), (latest.Checkpoint.Path, latest.Checkpoint.Step, latest.Checkpoint.Completeness));
        Assert.Equal(layout.StartsWith("plain", StringComparison.Ordinal) ? "plain" : layout == "torch-distributed" ? layout : layout.Split('-')[0], latest.Checkpoint.Format);
        Assert.Equal(FilesOf(folder, name), latest.Checks.Select(check => check.File).Order(StringComparer.Ordinal));
        Assert.Equal(latest.Checkpoint.Bytes, latest.Checks.Sum(check => check.Bytes));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_that_is_missing_is_named_and_the_one_before_is_taken(string layout) =>
        EachFile(layout, (folder, file) => File.Delete(folder.PathOf(file)), [CheckpointDefectKind.Missing, CheckpointDefectKind.NotCommitted]);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_that_lost_its_last_byte_is_named(string layout) =>
        EachFile(layout, (folder, file) => folder.Cut(file, new FileInfo(folder.PathOf(file)).Length - 1), [CheckpointDefectKind.Torn, CheckpointDefectKind.NotCommitted]);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_that_lost_its_second_half_is_named(string layout) =>
        EachFile(layout, (folder, file) => folder.Cut(file, new FileInfo(folder.PathOf(file)).Length / 2),
            [CheckpointDefectKind.Torn, CheckpointDefectKind.TooSmall, CheckpointDefectKind.NotCommitted, CheckpointDefectKind.Invalid, CheckpointDefectKind.Missing]);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_without_bytes_is_named(string layout) =>
        EachFile(layout, (folder, file) => folder.Cut(file, 0), [CheckpointDefectKind.Empty, CheckpointDefectKind.NotCommitted, CheckpointDefectKind.Invalid]);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_that_is_still_under_its_staging_name_is_named(string layout) =>
        EachFile(layout, (folder, file) => File.Move(folder.PathOf(file), folder.PathOf(file) + ".tmp"), [CheckpointDefectKind.Staging, CheckpointDefectKind.Missing, CheckpointDefectKind.NotCommitted], ".tmp");

    [Theory]
    [MemberData(nameof(All))]
    public void Every_file_that_is_a_link_is_named_and_not_followed(string layout) =>
        EachFile(layout, (folder, file) =>
        {
            var elsewhere = folder.PathOf("elsewhere");
            File.Move(folder.PathOf(file), elsewhere, overwrite: true);
            File.CreateSymbolicLink(folder.PathOf(file), elsewhere);
        }, [CheckpointDefectKind.NotAFile, CheckpointDefectKind.NotCommitted, CheckpointDefectKind.Missing]);

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_more_does_no_harm(string layout)
    {
        using var folder = new CheckpointFolder();
        var name = Layouts.Build(folder, layout);
        folder.Text($"{name}/README.md", "kept after the sweep").Text($"{name}/events.out.tfevents.1", "");
        Assert.True(folder.Latest()[0].IsComplete);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_that_was_written_to_a_moment_ago_is_not_settled_yet(string layout)
    {
        using var folder = new CheckpointFolder();
        var name = Layouts.Build(folder, layout);
        folder.Age($"{name}/{FilesOf(folder, name)[0]}", TimeSpan.FromSeconds(10));
        var verdicts = folder.Latest();
        Assert.Equal([CheckpointDefectKind.StillWritten], verdicts[0].Checkpoint.Defects.Where(defect => defect.Kind != CheckpointDefectKind.NotCommitted).Select(defect => defect.Kind));
        Assert.True(verdicts[^1].IsComplete);
    }

    private static string[] FilesOf(CheckpointFolder folder, string name) =>
        [.. Directory.EnumerateFiles(folder.PathOf(name), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.PathOf(name), file)).Order(StringComparer.Ordinal)];

    private static void EachFile(string layout, Action<CheckpointFolder, string> spoil, CheckpointDefectKind[] expected, string suffix = "")
    {
        using var names = new CheckpointFolder();
        foreach (var file in FilesOf(names, Layouts.Build(names, layout)))
        {
            using var folder = new CheckpointFolder();
            var name = Layouts.Build(folder, layout);
            spoil(folder, $"{name}/{file}");
            var verified = folder.Verify(name);
            Assert.Contains(verified.Checkpoint.Defects, defect => (defect.File == file || defect.File == file + suffix || defect.File == Path.GetDirectoryName(file)) && expected.Contains(defect.Kind));
            var verdicts = folder.Latest();
            Assert.Equal([false, true], verdicts.Select(verdict => verdict.IsComplete));
            Assert.Equal(100, verdicts[1].Checkpoint.Step);
        }
    }
}
