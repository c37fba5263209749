namespace Forewarn.Daemon.Exporters;

/// <summary>One way in which the node's view is told to others; the agent makes them from a list, starts them and ends them.</summary>
internal interface IExporter : IAsyncDisposable
{
    /// <summary>As in its configuration section, in lower case.</summary>
    string Name { get; }

    /// <summary>Begins its own work, if it has any; what only answers has none. Does not wait and does not throw.</summary>
    void Start();
}
