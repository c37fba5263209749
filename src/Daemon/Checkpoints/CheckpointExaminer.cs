using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>Looks for the newest checkpoint that is whole, or verifies one. Runs in the child that may be lost; whatever it says it says at once.</summary>
internal sealed class CheckpointExaminer(CheckpointTree tree, CheckpointOrder order, Action<CheckpointVerdict> tell)
{
    // Own figure: a job that left so many unfinished ones in a row needs a person.
    private const int MostVerdicts = 32;

    private readonly Dictionary<string, List<TreeEntry>> _listed = [];
    private readonly CandidateFinder _finder = new(tree, order);

    /// <summary>Names that were left out at sight, and why.</summary>
    public IReadOnlyList<SkippedName> Skipped => _finder.Skipped;

    /// <summary>Null when all was looked at; else why not.</summary>
    public string? Run()
    {
        var error = _finder.Find(out var candidates);
        if (error != Errno.None) return $"{ShownName.Of(order.Root)}: {ErrnoText.Of(error)}";
        if (order.Name is { } name) return Verify(name, candidates);
        if (_finder.IsCut) return $"{ShownName.Of(order.Root)}: has more names than are looked at ({CheckpointTree.MostEntries})";
        for (var i = 0; i < candidates.Count && i < MostVerdicts; i++)
        {
            var verdict = Examine(candidates, i, isThorough: false);
            tell(verdict);
            if (verdict.IsComplete || verdict.Checkpoint.Completeness == CheckpointCompleteness.TooOld) return null;
        }

        return candidates.Count > MostVerdicts
            ? $"the newest {MostVerdicts} are not complete; the {candidates.Count - MostVerdicts} before them were not looked at"
            : null;
    }

    private string? Verify(string name, IReadOnlyList<CheckpointCandidate> candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Name != name) continue;
            tell(Examine(candidates, i, isThorough: true));
            return null;
        }

        return !_finder.NamesBeside.Contains(name) ? $"{ShownName.Of(name)}: is not there"
            : Skipped.FirstOrDefault(skipped => skipped.Name == ShownName.Of(name)) is { } skipped ? $"{skipped.Name}: {skipped.Reason}"
            : $"{ShownName.Of(name)}: is no checkpoint of a format that is known";
    }

    private CheckpointVerdict Examine(IReadOnlyList<CheckpointCandidate> candidates, int at, bool isThorough)
    {
        var candidate = candidates[at];
        var folder = candidate.File is null ? candidate.Name : "";
        var entries = Entries(candidate, out var isCut);
        var name = candidate.Name.Length > 0 ? candidate.Name : Path.GetFileName(Path.TrimEndingDirectorySeparator(order.Root));
        var inquiry = new CheckpointInquiry(tree, folder, name, entries)
        {
            Order = order,
            TrackerBeside = candidate.Name.Length > 0 ? file => CheckpointTracker.Read(tree, "", file) : null,
        };
        if (isCut) inquiry.Refuse(".", CheckpointDefectKind.TooMany, $"has more files or levels than are looked at ({CheckpointTree.MostEntries})");
        if (_finder.NamesBeside.Contains(candidate.Name + StagingName.MarkerBeside))
            inquiry.Refuse(".", CheckpointDefectKind.Staging, $"is not finished: {candidate.Name}{StagingName.MarkerBeside} lies beside it");
        CheckpointJudge.Names(inquiry);
        candidate.Format.Judge(inquiry);
        var before = candidates.Skip(at + 1).FirstOrDefault(other => other.Format == candidate.Format && other.File is null == candidate.File is null);
        if (before is not null) Compare(inquiry, candidate, before);
        CheckpointJudge.Times(inquiry);
        // To look into files costs most; of one that is refused already a search need not know more.
        if (isThorough || inquiry.IsSpotless) CheckpointJudge.Contents(inquiry);
        return Verdict(candidate, inquiry);
    }

    private void Compare(CheckpointInquiry inquiry, CheckpointCandidate candidate, CheckpointCandidate before)
    {
        if (candidate.File is null) PreviousCheckpoint.Compare(inquiry, before.Name, Entries(before, out _));
        if (before.Modified > candidate.Modified && candidate.Step is not null)
            inquiry.Notes.Add($"{before.Name} was changed after it, though its step is lower: was the job taken back?");
    }

    private CheckpointVerdict Verdict(CheckpointCandidate candidate, CheckpointInquiry inquiry)
    {
        var files = inquiry.Entries.Where(entry => entry.IsFile).ToArray();
        CheckpointDefect[] defects = [.. inquiry.Defects.Select(defect => defect with { File = ShownName.Of(defect.File) })];
        var checkpoint = new Checkpoint
        {
            Path = candidate.Name.Length == 0 ? order.Root : Path.Join(order.Root, candidate.Name),
            Format = candidate.Format.Name,
            Step = inquiry.Step,
            Time = files.Length > 0 ? files.Max(file => file.Modified) : candidate.Modified,
            Bytes = files.Sum(file => file.Bytes),
            Files = files.Length,
            Completeness = CheckpointJudge.Sum(defects),
            Defects = [.. defects],
        };
        return new(checkpoint, [.. inquiry.Checks.Select(check => check with { File = ShownName.Of(check.File) })], inquiry.Notes);
    }

    private List<TreeEntry> Entries(CheckpointCandidate candidate, out bool isCut)
    {
        isCut = false;
        if (candidate.File is { } file) return [file];
        if (_listed.TryGetValue(candidate.Name, out var known)) return known;
        var entries = tree.ListAll(candidate.Name, out isCut);
        // Two are held at a time: a checkpoint and the one before it.
        if (_listed.Count > 1 || isCut) _listed.Clear();
        return isCut ? entries : _listed[candidate.Name] = entries;
    }
}
