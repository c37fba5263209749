using Microsoft.Extensions.Hosting;

namespace Forewarn.Daemon.Api;

/// <summary>Leaves SIGTERM and SIGINT to the role: the web host's own life time would end the process under the probes' feet.</summary>
internal sealed class NoSignals : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
