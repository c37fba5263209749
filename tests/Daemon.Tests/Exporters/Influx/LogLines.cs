using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>A line with these words is thrown back once: so a defect is made in the midst of what logs it.</summary>
    public string? Breaks { get; set; }

    public IReadOnlyCollection<string> All => _lines;

    /// <summary>The lines that contain this.</summary>
    public IReadOnlyList<string> With(string text) => [.. _lines.Where(line => line.Contains(text, StringComparison.Ordinal))];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel}: {formatter(state, exception)}{exception}";
        if (Breaks is { } words && line.Contains(words, StringComparison.Ordinal))
        {
            Breaks = null;
            throw new InvalidOperationException("made by the test");
        }

        _lines.Enqueue(line);
    }
}
