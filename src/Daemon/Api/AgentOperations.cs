using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Api;

/// <summary>What the API asks of the agent; handed in by the role, so that the API knows neither probes nor the simulated node.</summary>
internal sealed record AgentOperations
{
    /// <summary>Null while the agent's own work goes on; else what stands still. Asked by every <c>/healthz</c>.</summary>
    public required Func<string?> Stuck { get; init; }

    /// <summary>Lets the devices of a source (of all, when null) go; ends once no process of ours holds them, or cannot.</summary>
    public required Func<string?, CancellationToken, Task<OperationResult>> Release { get; init; }

    /// <summary>Takes them up again.</summary>
    public required Func<string?, CancellationToken, Task<OperationResult>> Resume { get; init; }

    /// <summary>Clears what a rule says of a device; the text says who asks for it.</summary>
    public required Func<ClearRequest, string, Task<OperationResult>> Clear { get; init; }

    /// <summary>Takes the node into maintenance or out of it; the text says who asks for it.</summary>
    public required Func<MaintenanceRequest, string, Task<OperationResult>> Maintain { get; init; }

    /// <summary>Puts one line of a scenario into the simulated node; null on real hardware.</summary>
    public Func<string, CancellationToken, Task<OperationResult>>? Inject { get; init; }
}
