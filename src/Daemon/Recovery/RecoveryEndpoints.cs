using System.Globalization;
using Forewarn.Controller.Coordination;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Recovery.Views;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Recovery;

/// <summary>What can be asked of the loop that acts, and ordered. Who may order has been asked before a request comes here.</summary>
internal sealed class RecoveryEndpoints(RecoveryHost host, TimeProvider time)
{
    private const string Lists = "GET /v1/incidents lists them";

    public IReadOnlyList<Route> Routes =>
    [
        new("/v1/incidents", HttpMethods.Get, Audience.ThisMachine, ListAsync),
        new("/v1/incidents/{id}", HttpMethods.Get, Audience.ThisMachine, OneAsync),
        new("/v1/topology", HttpMethods.Get, Audience.ThisMachine, TopologyAsync),
        new("/v1/approve", HttpMethods.Post, Audience.Operator, context => AnswerAsync(context, OrderKind.Approve)),
        new("/v1/reject", HttpMethods.Post, Audience.Operator, context => AnswerAsync(context, OrderKind.Reject)),
        new("/v1/hold", HttpMethods.Post, Audience.Operator, context => KeepAsync(context, OrderKind.Hold)),
        new("/v1/return", HttpMethods.Post, Audience.Operator, ReturnAsync),
        new("/v1/release", HttpMethods.Post, Audience.Operator, context => KeepAsync(context, OrderKind.Unhold)),
    ];

    private Task ListAsync(HttpContext context) => Answers.JsonAsync(context, IncidentAnswers.List(host, time.GetUtcNow()), RecoveryApiJson.Plain.IncidentList);

    private Task OneAsync(HttpContext context)
    {
        var text = context.Request.Path.Value!.Split('/')[^1];
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || host.Runner.State.Incidents.GetValueOrDefault(id) is not { } incident)
            return Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"there is no incident {text}, or it was closed more than a week ago", Lists);
        try
        {
            return Answers.JsonAsync(context, IncidentAnswers.One(host, incident, host.Runner.Timeline(id), time.GetUtcNow()), RecoveryApiJson.Plain.IncidentAnswer);
        }
        catch (JournalException refused)
        {
            return NotWrittenAsync(context, refused);
        }
    }

    private Task TopologyAsync(HttpContext context) => host.Topology is { } stand
        ? Answers.JsonAsync(context, TopologyAnswers.Of(stand), RecoveryApiJson.Plain.TopologyAnswer)
        : Answers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, $"{host.Scheduler} was not read yet{(host.Trouble.Length > 0 ? $": {host.Trouble}" : "")}", "the graph has the nodes that the scheduler names");

    private async Task AnswerAsync(HttpContext context, OrderKind kind)
    {
        if (await OperatorRequest.ReadAsync(context, OrderJson.Default.AnswerRequest) is not { } request || !IsLine(request.Reason))
        {
            await Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, "the body must say which incident, and may say which job and in one line why", """for example: {"incident":3,"job":"41","reason":"the owner agrees"}""");
            return;
        }

        var state = host.Runner.State;
        var awaiting = state.Decisions.Values
            .Where(one => state.Incidents.GetValueOrDefault(one.Incident) is { IsOpen: true } && one.Incident == request.Incident && one.Verdict == Verdict.AwaitsApproval && (request.Job is null || one.Job == request.Job)).ToList();
        var repair = request.Job is null ? state.Repairs.Values.FirstOrDefault(one => one.Incident == request.Incident && one is { IsOpen: true, AwaitsApproval: true }) : null;
        if (awaiting.Count == 0 && repair is null)
        {
            var whose = request.Job is { } job ? $" for job {job}" : "";
            await Answers.ProblemAsync(context, StatusCodes.Status409Conflict, $"nothing of incident {request.Incident}{whose} waits for an approval", Lists);
            return;
        }

        var who = OperatorRequest.Who(context);
        var orders = awaiting.Select(one => new PersonOrder(kind, who, request.Reason ?? "", one.Incident, one.Job)).ToList();
        var texts = awaiting.Select(static one => one.Job.Length > 0 ? $"job {one.Job}" : $"node {string.Join(", ", one.Nodes)}").ToList();
        if (repair is not null)
        {
            orders.Add(new(kind == OrderKind.Approve ? OrderKind.ApproveRepair : OrderKind.RejectRepair, who, request.Reason ?? "", repair.Incident, Node: repair.Node));
            texts.Add($"{repair.Action} on {repair.Node}");
        }

        await OrderAsync(context, orders, $"{(kind == OrderKind.Approve ? "approved" : "rejected")}: {string.Join("; ", texts)}");
    }

    private async Task KeepAsync(HttpContext context, OrderKind kind)
    {
        if (await OperatorRequest.ReadAsync(context, OrderJson.Default.KeepRequest) is not { } request || !IsLine(request.Reason) || request.Node.Length == 0)
            await Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, "the body must say which node, and may say in one line why", """for example: {"node":"n3","reason":"its owner needs it until Friday"}""");
        else if (kind == OrderKind.Hold && host.Fleet.Node(request.Node) is null && host.Runner.Sight?.Node(request.Node) is null)
            await Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"neither an agent nor {host.Scheduler} tells of a node \"{request.Node}\"", "GET /v1/fleet lists the nodes");
        else if (kind == OrderKind.Unhold && !host.Runner.State.Kept.ContainsKey(request.Node))
            await Answers.ProblemAsync(context, StatusCodes.Status409Conflict, $"nobody holds {request.Node}", "GET /v1/incidents lists the nodes that are held");
        else
            await OrderAsync(context, [new(kind, OperatorRequest.Who(context), request.Reason ?? "", Node: request.Node)], $"{(kind == OrderKind.Hold ? "held" : "released")}: {request.Node}");
    }

    private async Task ReturnAsync(HttpContext context)
    {
        if (await OperatorRequest.ReadAsync(context, OrderJson.Default.ReturnRequest) is not { } request || !IsLine(request.Reason) || request.Node.Length == 0)
        {
            await Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, "the body must say which node, and may say in one line why", """for example: {"node":"n3","reason":"card replaced","force":false}""");
            return;
        }

        if (ReturnRefusal.Of(host.Runner.State, host.Runner.Sight, host.Fleet.Node(request.Node), request) is { } refusal)
            await Answers.ProblemAsync(context, StatusCodes.Status409Conflict, refusal.Why, refusal.Hint);
        else
            await OrderAsync(context, [new(OrderKind.Return, OperatorRequest.Who(context), request.Reason ?? "", host.Runner.State.RepairOf(request.Node)?.Incident ?? 0, Node: request.Node)], $"given back: {request.Node}");
    }

    private async Task OrderAsync(HttpContext context, IEnumerable<PersonOrder> orders, string text)
    {
        try
        {
            foreach (var order in orders) host.Runner.Order(order);
        }
        catch (JournalException refused)
        {
            await NotWrittenAsync(context, refused);
            return;
        }

        var report = new OperationReport { Simulated = IncidentAnswers.IsSimulated(host), Operation = context.Request.Path.Value!.Split('/')[^1], Text = text };
        await Answers.JsonAsync(context, report, ApiJson.Plain.OperationReport);
    }

    private static Task NotWrittenAsync(HttpContext context, JournalException refused)
        => Answers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, refused.Message, "nothing is done without the journal; the controller's log says since when");

    private static bool IsLine(string? text) => OperatorRequest.IsLine(text ?? "");
}
