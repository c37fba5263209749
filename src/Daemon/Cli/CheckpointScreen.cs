using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>What was found of checkpoints, as text.</summary>
internal static partial class CheckpointScreen
{
    // A person reads so many; --json has all.
    private const int MostLines = 40;

    /// <summary>One checkpoint in full.</summary>
    public static void Show(Terminal terminal, CheckpointAnswer answer, DateTimeOffset now, TimeZoneInfo zone)
    {
        foreach (var verdict in answer.Verdicts)
        {
            var checkpoint = verdict.Checkpoint;
            var step = checkpoint.Step is { } number ? string.Create(CultureInfo.InvariantCulture, $", step {number}") : "";
            terminal.Write(new Line($"{checkpoint.Path}: {Word(checkpoint.Completeness)}", verdict.IsComplete ? Tone.Plain : Tone.Bad));
            terminal.Write(new Line(string.Create(
                CultureInfo.InvariantCulture,
                $"  {checkpoint.Format}{step}, {checkpoint.Files} files, {Quantity.Bytes(checkpoint.Bytes)}, last written {Quantity.Moment(checkpoint.Time, now, zone)}{Ago(now - checkpoint.Time)}")));
            foreach (var defect in checkpoint.Defects.Take(MostLines)) Wrapped(terminal, $"  {defect.File}: {defect.Reason}", Tone.Bad);
            More(terminal, checkpoint.Defects.Length, "faults");
            foreach (var note in verdict.Notes) Wrapped(terminal, $"  note: {note}", Tone.Warning);
            Checks(terminal, verdict.Checks);
        }

        if (answer.Trouble is { } trouble) terminal.WriteError($"forewarn: {trouble}");
    }

    /// <summary>What stands behind the path that was printed, for the log of the job that asked.</summary>
    public static void Complain(Terminal terminal, CheckpointAnswer answer, CheckpointOrder order)
    {
        foreach (var verdict in answer.Verdicts.Where(verdict => !verdict.IsComplete))
        {
            var name = Path.GetFileName(verdict.Checkpoint.Path);
            var (first, more) = (verdict.Checkpoint.Defects[0], verdict.Checkpoint.Defects.Length - 1);
            var rest = more > 0 ? string.Create(CultureInfo.InvariantCulture, $" (and {more} more)") : "";
            terminal.WriteError($"forewarn: {name} is {Word(verdict.Checkpoint.Completeness)}: {first.File}: {first.Reason}{rest}");
        }

        foreach (var note in answer.Verdicts.Where(verdict => verdict.IsComplete).SelectMany(verdict => verdict.Notes)) terminal.WriteError($"forewarn: note: {note}");
        foreach (var skipped in answer.Skipped) terminal.WriteError($"forewarn: {skipped.Name} is left out: {skipped.Reason}");
        if (answer.Trouble is { } trouble) terminal.WriteError($"forewarn: {trouble}");
        else if (!answer.Verdicts.Any(verdict => verdict.IsComplete)) terminal.WriteError($"forewarn: no complete checkpoint in {ShownName.Of(order.Root)}");
    }

    private static string Ago(TimeSpan age) => age >= TimeSpan.Zero ? $" ({Quantity.Duration(age)} ago)" : " (in the future)";

    private static void Checks(Terminal terminal, IReadOnlyList<CheckedFile> checks)
    {
        // Shards of one kind differ in their numbers: they are one line.
        var kinds = checks.GroupBy(check => (File: Digits().Replace(check.File, "*"), Check: Digits().Replace(check.Check, "*"))).ToArray();
        foreach (var kind in kinds.Take(MostLines))
        {
            var (bytes, one) = (kind.Sum(check => check.Bytes), kind.First());
            terminal.Write(new Line(kind.Count() == 1
                ? $"  {one.File}  {Quantity.Bytes(bytes)}  {one.Check}"
                : string.Create(CultureInfo.InvariantCulture, $"  {kind.Key.File}  {kind.Count()} files, {Quantity.Bytes(bytes)}  {kind.Key.Check}")));
        }

        More(terminal, kinds.Length, "kinds of files");
    }

    private static void More(Terminal terminal, int count, string what)
    {
        if (count > MostLines) terminal.Write(new Line(string.Create(CultureInfo.InvariantCulture, $"  and {count - MostLines} more {what}; --json has all")));
    }

    private static void Wrapped(Terminal terminal, string text, Tone tone)
    {
        foreach (var line in WrappedText.Fitting(text, terminal.Width)) terminal.Write(new Line(line.StartsWith(' ') ? line : "  " + line, tone));
    }

    private static string Word(CheckpointCompleteness completeness) => completeness switch
    {
        CheckpointCompleteness.Complete => "complete",
        CheckpointCompleteness.Unsettled => "not settled",
        CheckpointCompleteness.Incomplete => "incomplete",
        CheckpointCompleteness.TooOld => "too old",
        _ => "unreadable",
    };

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
