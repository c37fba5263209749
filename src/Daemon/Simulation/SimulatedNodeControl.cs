using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Forewarn.Daemon.Simulation;

/// <summary>Talks to a simulated node through its control.sock: one line of request, lines of answer up to "ok" or "error: …".</summary>
internal sealed class SimulatedNodeControl(string root)
{
    private const string Refused = "error: ";

    /// <summary>Injects a fault in the words of a scenario line: "gpu 3 lost", or "in 30s gpu 3 lost".</summary>
    public Task InjectAsync(string fault, CancellationToken cancellation) => RequestAsync("inject " + fault, cancellation);

    /// <summary>Moves simulated time forward.</summary>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellation) =>
        RequestAsync(string.Create(CultureInfo.InvariantCulture, $"advance {by.Ticks / TimeSpan.TicksPerMillisecond}ms"), cancellation);

    /// <summary>Sets how many simulated seconds pass in a second; 0 stops the clock.</summary>
    public Task RateAsync(double rate, CancellationToken cancellation) =>
        RequestAsync(string.Create(CultureInfo.InvariantCulture, $"rate {rate:0.######}"), cancellation);

    /// <summary>What the node says of itself, line by line.</summary>
    public Task<IReadOnlyList<string>> StatusAsync(CancellationToken cancellation) => RequestAsync("status", cancellation);

    private async Task<IReadOnlyList<string>> RequestAsync(string request, CancellationToken cancellation)
    {
        if (request.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new SimulationException("a request to the simulated node is one line");
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(root, "control.sock")), cancellation);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request + "\n"), cancellation);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await ReadAnswerAsync(reader, cancellation);
        }
        catch (SocketException refused)
        {
            throw new SimulationException($"no simulated node answers in {root}: {refused.SocketErrorCode}");
        }
        catch (IOException broken)
        {
            throw new SimulationException($"the simulated node in {root} broke off: {broken.Message}");
        }
    }

    private async Task<IReadOnlyList<string>> ReadAnswerAsync(StreamReader reader, CancellationToken cancellation)
    {
        var answer = new List<string>();
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line == "ok")
            {
                return answer;
            }

            if (line.StartsWith(Refused, StringComparison.Ordinal))
            {
                throw new SimulationException(line[Refused.Length..]);
            }

            answer.Add(line);
        }

        throw new SimulationException($"the simulated node in {root} broke off its answer");
    }
}
