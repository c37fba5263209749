using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>DeepSpeed: a folder for each tag, <c>global_stepN</c> unless the job names it, beside <c>latest</c>, which names the last one that all ranks finished.</summary>
internal sealed class DeepSpeedFormat : ICheckpointFormat
{
    public const string Tracker = "latest";
    public const string FolderPrefix = "global_step";

    public string Name => "deepspeed";

    public bool Owns(string name, IReadOnlyList<TreeEntry> direct) => name.StartsWith(FolderPrefix, StringComparison.Ordinal) || DeepSpeedShards.AreIn(direct);

    public void Judge(CheckpointInquiry inquiry)
    {
        if (inquiry.TrackerBeside?.Invoke(Tracker) is { } tracker) Committed(inquiry, tracker, ".", inquiry.Name);
        DeepSpeedShards.Judge(inquiry, "");
    }

    /// <summary>A tag behind the one that is named is not finished.</summary>
    public static void Committed(CheckpointInquiry inquiry, CheckpointTracker tracker, string folder, string tag)
    {
        if (tracker.IsAbsent) inquiry.Notes.Add($"{tracker.Words}: DeepSpeed loads it only when the tag is named to it");
        else if (tracker.Text != tag && (tracker.Step is not { } named || StepName.Of(tag) is not { } step || step > named))
            inquiry.Refuse(folder, CheckpointDefectKind.NotCommitted, $"is not finished: {tracker.Words}");
    }
}
