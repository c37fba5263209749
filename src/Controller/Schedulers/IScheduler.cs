namespace Forewarn.Controller.Schedulers;

/// <summary>A cluster's scheduler: read as a whole, and asked for one thing at a time.</summary>
public interface IScheduler
{
    /// <summary>Its name in settings, metrics and records.</summary>
    string Name { get; }

    /// <summary>The whole cluster, or why it could not be read. Never throws for what the scheduler does.</summary>
    Task<ClusterReading> ReadAsync(CancellationToken cancellation);

    /// <summary>Does one thing. Null when the scheduler took it; else its words, and the next look will show how things stand.</summary>
    Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation);
}
