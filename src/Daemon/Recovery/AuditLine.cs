using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Recovery;

/// <summary>One line of the audit log: an action on the scheduler, or a person's order. docs/moving-work.md describes each field.</summary>
internal sealed record AuditLine
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The controller, or the person by the kernel's word.</summary>
    public required string Who { get; init; }

    /// <summary>The sort of action, or of order.</summary>
    public required string What { get; init; }

    /// <summary>The action whole.</summary>
    public string? Action { get; init; }

    /// <summary>What was decided, or the person's words.</summary>
    public string? Why { get; init; }

    /// <summary>The term of leadership.</summary>
    public required long Epoch { get; init; }

    /// <summary>Absent where it belongs to none.</summary>
    public long? Incident { get; init; }

    public string? Job { get; init; }

    public string? Node { get; init; }

    /// <summary>Who approved the trouble's decision; absent where nobody did.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>What the scheduler had against it; absent when it did as it was asked.</summary>
    public string? Refused { get; init; }

    /// <summary>Of a line of the journal; null for what is neither.</summary>
    /// <param name="state">The journal up to it.</param>
    /// <param name="entry">The line.</param>
    public static AuditLine? Of(ControllerState state, JournalEntry entry) => entry switch
    {
        JournalEntry.OfAct act when RepairOf(state, act) is { } repair => new()
        {
            At = entry.At,
            Who = "controller",
            What = act.What,
            Action = act.Text,
            Why = Told(repair.Why),
            Epoch = state.Epoch,
            Incident = Told(act.Incident),
            Node = repair.Node,
            ApprovedBy = Returner(state, act) ?? (state.RepairAnswers.GetValueOrDefault(act.Incident) is { Kind: OrderKind.ApproveRepair } yes ? yes.Who : null),
            Refused = Told(act.Trouble),
        },
        JournalEntry.OfAct act => new()
        {
            At = entry.At,
            Who = "controller",
            What = act.What,
            Action = act.Text,
            Why = state.Decisions.Values.Where(decision => decision.Incident == act.Incident && act.Incident != 0).MaxBy(static decision => decision.Verdict)?.Why,
            Epoch = state.Epoch,
            Incident = Told(act.Incident),
            ApprovedBy = Returner(state, act) ?? state.Answers.Values.FirstOrDefault(order => order.Incident == act.Incident && act.Incident != 0 && order.Kind == OrderKind.Approve)?.Who,
            Refused = Told(act.Trouble),
        },
        JournalEntry.OfOrder(var order) => new()
        {
            At = entry.At,
            Who = order.Who,
            What = order.Kind.ToString(),
            Why = Told(order.Why),
            Epoch = state.Epoch,
            Incident = Told(order.Incident),
            Job = Told(order.Job),
            Node = Told(order.Node),
        },
        _ => null,
    };

    /// <summary>As it is written: one line.</summary>
    public string Text() => JsonSerializer.Serialize(this, AuditJson.Plain.AuditLine) + "\n";

    /// <summary>The repair that an action belongs to; null for one of a drain or a move.</summary>
    private static NodeRepair? RepairOf(ControllerState state, JournalEntry.OfAct act)
        => act is { Incident: not 0, What: nameof(SchedulerAct.Reboot) or nameof(SchedulerAct.RunRepair) or nameof(SchedulerAct.Fence) or nameof(SchedulerAct.PutBack) or nameof(SchedulerAct.Validate) or nameof(SchedulerAct.EndOwn) }
            ? state.Repairs.Values.FirstOrDefault(repair => repair.IsOpen && repair.Incident == act.Incident) : null;

    /// <summary>Who ordered that this node be given back; null where nobody did.</summary>
    private static string? Returner(ControllerState state, JournalEntry.OfAct act)
        => act.What == nameof(SchedulerAct.PutBack) && state.Incidents.GetValueOrDefault(act.Incident) is { Node: var node } && state.Returns.TryGetValue(node, out var wanted) ? wanted.Order.Who : null;

    private static string? Told(string text) => text.Length == 0 ? null : text;

    private static long? Told(long incident) => incident == 0 ? null : incident;
}

/// <summary>How the audit log is written: as the API, a line each.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    /// <summary>Text as it is; control characters are escaped all the same.</summary>
    public static AuditJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly AuditJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
