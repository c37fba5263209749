using Forewarn.Daemon.Checkpoints.Contents;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>What holds for every format: no staging names, nothing empty, nothing torn, nothing that cannot be read, quiet for a while, new enough.</summary>
internal static class CheckpointJudge
{
    /// <summary>Of the listing alone.</summary>
    public static void Names(CheckpointInquiry inquiry)
    {
        foreach (var entry in inquiry.Entries) Name(inquiry, entry);
        if (!inquiry.Entries.Any(entry => entry.IsFile)) inquiry.Refuse(".", CheckpointDefectKind.Missing, "has no files");
    }

    /// <summary>Looks into every file whose form is known.</summary>
    public static void Contents(CheckpointInquiry inquiry)
    {
        foreach (var entry in inquiry.Entries.Where(entry => entry.IsFile))
        {
            if (entry.Bytes == 0 || !ContentCheck.IsKnown(entry.Path))
            {
                inquiry.Checks.Add(new(entry.Path, entry.Bytes, "size alone"));
                continue;
            }

            var finding = Look(inquiry, entry);
            inquiry.Checks.Add(new(entry.Path, entry.Bytes, finding.What));
            if (finding.Kind is { } kind) inquiry.Refuse(entry.Path, kind, finding.Reason);
        }
    }

    /// <summary>Against the clock.</summary>
    public static void Times(CheckpointInquiry inquiry)
    {
        if (!inquiry.Entries.Any(entry => entry.IsFile)) return;
        var newest = inquiry.Entries.Where(entry => entry.IsFile).MaxBy(entry => entry.Modified);
        var quiet = inquiry.Order.Now - newest.Modified;
        if (quiet < inquiry.Order.Settle)
        {
            inquiry.Refuse(newest.Path, CheckpointDefectKind.StillWritten, quiet < TimeSpan.Zero
                ? $"was written {Cli.Quantity.Duration(-quiet)} in the future: the file server's clock is ahead, or it is being written"
                : $"was written {Cli.Quantity.Duration(quiet)} ago: it may still be written to");
        }

        if (inquiry.Order.NewerThan is { } bound && newest.Modified <= bound)
            inquiry.Refuse(".", CheckpointDefectKind.TooOld, $"is older than was asked for, by {Cli.Quantity.Duration(bound - newest.Modified)}");
    }

    public static CheckpointCompleteness Sum(IReadOnlyList<CheckpointDefect> defects) =>
        defects.Count == 0 ? CheckpointCompleteness.Complete
        : defects.All(defect => defect.Kind == CheckpointDefectKind.TooOld) ? CheckpointCompleteness.TooOld
        : defects.All(defect => defect.Kind is CheckpointDefectKind.StillWritten or CheckpointDefectKind.TooOld) ? CheckpointCompleteness.Unsettled
        : defects.All(defect => defect.Kind is CheckpointDefectKind.Unreadable or CheckpointDefectKind.TooMany) ? CheckpointCompleteness.Unreadable
        : CheckpointCompleteness.Incomplete;

    private static void Name(CheckpointInquiry inquiry, TreeEntry entry)
    {
        if (StagingName.Is(entry.Name)) Staging(inquiry, entry);
        else if (entry.Kind == TreeEntryKind.Unknown) inquiry.Refuse(entry.Path, CheckpointDefectKind.Unreadable, ErrnoText.Of(entry.Error));
        else if (!ContentCheck.IsKnown(entry.Path)) return;
        else if (entry.Kind == TreeEntryKind.Link) inquiry.Refuse(entry.Path, CheckpointDefectKind.NotAFile, ErrnoText.Of(Errno.SymbolicLink));
        else if (entry.Kind == TreeEntryKind.Other) inquiry.Refuse(entry.Path, CheckpointDefectKind.NotAFile, "is a FIFO, socket or device");
        else if (entry.Bytes == 0) inquiry.Refuse(entry.Path, CheckpointDefectKind.Empty, "has no bytes");
    }

    // A save that was broken off leaves its staging file; a later one that succeeded wrote the final file after it.
    private static void Staging(CheckpointInquiry inquiry, TreeEntry entry)
    {
        var final = StagingName.Final(entry.Path);
        if (final != entry.Path && inquiry.Find(final) is { IsFile: true } done && done.Modified >= entry.Modified)
            inquiry.Notes.Add($"{ShownName.Of(entry.Path)} was left by an earlier save");
        else
            inquiry.Refuse(entry.Path, CheckpointDefectKind.Staging, "has the name of something that is still being written");
    }

    private static ContentFinding Look(CheckpointInquiry inquiry, TreeEntry entry)
    {
        var error = inquiry.TryOpen(entry.Path, out var file);
        if (error != Errno.None) return ContentFinding.Bad("nothing", CheckpointDefectKind.Unreadable, ErrnoText.Of(error));
        using (file)
        {
            return file!.Length != entry.Bytes
                ? ContentFinding.Bad("nothing", CheckpointDefectKind.StillWritten, "changed its size while it was looked at")
                : ContentCheck.Of(entry.Path, file) ?? ContentFinding.Open("size alone");
        }
    }
}
