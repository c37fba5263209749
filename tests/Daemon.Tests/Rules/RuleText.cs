using System.Globalization;
using System.Text;
using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Tests.Rules;

/// <summary>What a rule's sheet says, in the words of a page.</summary>
internal static class RuleText
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Work(WorkAction work) => work switch
    {
        WorkAction.None => "nothing",
        WorkAction.Observe => "look again",
        WorkAction.RestartApplication => "restart the application",
        WorkAction.DrainWhenIdle => "let it end, give no new work",
        WorkAction.CheckpointAndMove => "checkpoint and move",
        _ => "stop now",
    };

    public static string Repair(RepairAction repair) => repair switch
    {
        RepairAction.None => "nothing",
        RepairAction.ResetDevice => "reset it",
        RepairAction.RebootNode => "reboot the node",
        RepairAction.InspectFabric => "inspect links and switches",
        RepairAction.InspectHardware => "inspect the hardware",
        _ => "replace it",
    };

    public static string Held(RuleSheet sheet) => sheet.Latch switch
    {
        Latch.None => "no",
        Latch.Reset => "until a reset, a driver reload or a reboot",
        Latch.Reboot => "until a reboot",
        _ => "until another card is in the slot, or `forewarn clear`",
    };

    public static string Chance(FailureProbability chance) => $"{Percent(chance.OneHour)} in 1 h, {Percent(chance.OneDay)} in 24 h, {Percent(chance.SevenDays)} in 7 d";

    public static string Raised(RuleSheet sheet)
        => (sheet.Debounce.Default == 0 ? "at once" : $"after {Span(TimeSpan.FromSeconds(sheet.Debounce.Default))} without a break") + (sheet.HasBootGrace ? "; not in the first minutes after a boot" : "");

    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 120 } => string.Create(Plain, $"{span.TotalSeconds:0.#} s"),
        { TotalMinutes: < 120 } => string.Create(Plain, $"{span.TotalMinutes:0.#} min"),
        { TotalHours: < 48 } => string.Create(Plain, $"{span.TotalHours:0.#} h"),
        _ => string.Create(Plain, $"{span.TotalDays:0.#} d"),
    };

    public static string Number(Threshold threshold, double value)
        => value.ToString(Math.Abs(value) is >= 1e15 or (> 0 and < 1e-4) ? "0.##E+0" : "0.######", Plain) + (threshold.Unit.Length == 0 ? "" : " " + threshold.Unit);

    public static StringBuilder Row(this StringBuilder text, params string[] cells)
        => text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" "))).Append(" |\n");

    public static StringBuilder Header(this StringBuilder text, params string[] cells) => text.Row(cells).Row(Array.ConvertAll(cells, _ => "---"));

    private static string Percent(double chance) => (chance * 100).ToString(chance is > 0 and < 0.0001 ? "0.####" : "0.##", Plain) + " %";
}
