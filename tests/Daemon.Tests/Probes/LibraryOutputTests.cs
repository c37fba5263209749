using System.Text;
using Forewarn.Daemon.Probes;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Tests.Probes;

/// <summary>What vendor libraries print: bounded in length, in number, and harmless to a terminal.</summary>
public class LibraryOutputTests
{
    [Fact]
    public void Lines_come_one_by_one_the_last_without_its_end_too()
        => Assert.Equal(["one", "", "three"], Lines("one\n\nthree"));

    [Fact]
    public void A_line_that_never_ends_is_cut_and_its_rest_passed_over()
        => Assert.Equal([new string('x', 10), "next"], Lines(new string('x', 20_000) + "\nnext\n"));

    [Fact]
    public void Control_characters_and_broken_UTF8_do_not_reach_a_terminal()
        => Assert.Equal([" [31mred", "a�b"], Lines([0x1B, .. "[31mred\r\n"u8, (byte)'a', 0xFF, (byte)'b', (byte)'\n']));

    [Fact]
    public void A_stream_that_breaks_ends_the_lines()
        => Assert.Equal(["kept"], Drain(new BoundedLines(new BreakingStream("kept\n"u8.ToArray()), 10)));

    [Fact]
    public void Twenty_lines_a_minute_are_passed_on_and_the_rest_is_counted()
    {
        var time = new ManualTimeProvider();
        var logger = new ListLogger();
        var first = string.Concat(Enumerable.Range(1, 25).Select(number => $"line {number}\n"));
        using var stream = new SteppedStream([first, "later\n"], () => time.Advance(TimeSpan.FromMinutes(1)));
        new StderrLog(logger, time).Drain(stream, "nvml", 42);
        Assert.Equal(22, logger.Lines.Count);
        Assert.Equal("library output: line 20 [source `nvml` pid `42`]", logger.Lines[19]);
        Assert.Equal("library output: 5 more lines left out [source `nvml` pid `42`]", logger.Lines[20]);
        Assert.Equal("library output: later [source `nvml` pid `42`]", logger.Lines[21]);
    }

    private static List<string> Lines(string text) => Lines(Encoding.UTF8.GetBytes(text));

    private static List<string> Lines(byte[] bytes) => Drain(new BoundedLines(new MemoryStream(bytes), longest: 10));

    private static List<string> Drain(BoundedLines lines)
    {
        var all = new List<string>();
        while (lines.Next() is { } line) all.Add(line);
        return all;
    }

    private sealed class BreakingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer) is > 0 and var count ? count : throw new IOException("broken");
    }

    /// <summary>Each read gives one text; between two of them something happens.</summary>
    private sealed class SteppedStream(IEnumerable<string> texts, Action between) : MemoryStream
    {
        private readonly Queue<string> _texts = new(texts);

        public override int Read(Span<byte> buffer)
        {
            if (!_texts.TryDequeue(out var text)) return 0;
            if (_texts.Count == 0) between();
            return Encoding.UTF8.GetBytes(text, buffer);
        }
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines.Add(formatter(state, exception));
    }
}
