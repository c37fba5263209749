namespace Forewarn.Daemon.Systemd;

/// <summary>For an agent that a person started: nobody asked to be told.</summary>
internal sealed class NoServiceNotifier : IServiceNotifier
{
    /// <inheritdoc/>
    public void Ready()
    {
    }

    /// <inheritdoc/>
    public void Reloading()
    {
    }

    /// <inheritdoc/>
    public void Stopping()
    {
    }

    /// <inheritdoc/>
    public void Status(string line)
    {
    }

    /// <inheritdoc/>
    public void Alive()
    {
    }
}
