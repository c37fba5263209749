using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>What changes the agent's state. Who may has been asked before a request comes here.</summary>
internal sealed class OperationEndpoints(NodeView view, AgentOperations operations)
{
    public Task ReleaseAsync(HttpContext context) => OnSourceAsync(context, "release", operations.Release);

    public Task ResumeAsync(HttpContext context) => OnSourceAsync(context, "resume", operations.Resume);

    public async Task InjectAsync(HttpContext context)
    {
        if (operations.Inject is not { } inject)
        {
            await Answers.ProblemAsync(
                context,
                StatusCodes.Status404NotFound,
                "this node is real: no fault can be put into it",
                "forewarn agent --simulate NAME starts a simulated one");
            return;
        }

        var line = (await OperatorRequest.TextAsync(context)).Trim();
        if (line.Length == 0 || line.Contains('\n'))
        {
            await Answers.ProblemAsync(
                context, StatusCodes.Status400BadRequest, "the body must be one line of a scenario", "for example: gpu 3 lost");
            return;
        }

        await AnswerAsync(context, "inject", null, await inject(line, context.RequestAborted));
    }

    public async Task ClearAsync(HttpContext context)
    {
        const string shape = """for example: {"device":"GPU-…","rule":"row-remap-failed","reason":"the maker's diagnosis passed"}; device may be node""";
        if (await OperatorRequest.ReadAsync(context, RequestJson.Default.ClearRequest) is not { } request || !OperatorRequest.IsLine(request.Reason) || request.Reason.Length == 0)
            await Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, "the body must say which device and rule, and in one line why", shape);
        else if (request.Device != DeviceId.Node.Value && view.Find(new DeviceId(request.Device)) is null)
            await Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"there is no device \"{request.Device}\"", "GET /v1/devices lists them; it takes the field \"id\"");
        else
            await AnswerAsync(context, "clear", null, await operations.Clear(request, OperatorRequest.Who(context)));
    }

    public async Task MaintainAsync(HttpContext context)
    {
        const string shape = """for example: {"on":true,"reason":"new fans","until":"2026-03-04T12:00:00Z"}, or {"on":false}""";
        if (await OperatorRequest.ReadAsync(context, RequestJson.Default.MaintenanceRequest) is not { } request || !OperatorRequest.IsLine(request.Reason ?? ""))
            await Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, "the body must say whether it is on, and may say in one line why, and until when", shape);
        else
            await AnswerAsync(context, "maintenance", null, await operations.Maintain(request, OperatorRequest.Who(context)));
    }

    private async Task OnSourceAsync(HttpContext context, string name, Func<string?, CancellationToken, Task<OperationResult>> operation)
    {
        var source = context.Request.Query["source"].ToString() is { Length: > 0 } given ? given : null;
        if (source is not null && view.Sources.All(known => known.Name != source))
        {
            var names = string.Join(", ", view.Sources.Select(known => known.Name));
            await Answers.ProblemAsync(
                context, StatusCodes.Status404NotFound, $"there is no source \"{source}\"", $"there are: {names}");
            return;
        }

        await AnswerAsync(context, name, source, await operation(source, context.RequestAborted));
    }

    private Task AnswerAsync(HttpContext context, string operation, string? source, OperationResult result)
    {
        if (!result.Done)
        {
            return Answers.ProblemAsync(context, StatusCodes.Status409Conflict, result.Text, "forewarn status shows where things stand");
        }

        var report = new OperationReport
        {
            Simulated = view.Node.Simulation is not null,
            Operation = operation,
            Source = source,
            Text = result.Text,
        };
        return Answers.JsonAsync(context, report, ApiJson.Plain.OperationReport);
    }
}
