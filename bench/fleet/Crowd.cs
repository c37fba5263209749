using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Forewarn.Bench.Fleet;

/// <summary>
/// All agents of the fleet. <c>heard</c> tells how many the controller answers; <c>fail FIRST COUNT STEP</c> lets cards of so many nodes fail at once and tells when that was
/// stored; <c>heal FIRST COUNT STEP</c> has them well again.
/// </summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly CancellationTokenSource _end = new();
    private readonly FleetAgent[] _agents;
    private readonly Task[] _running;

    public Crowd(string folder, int port, int nodes)
    {
        var key = Encoding.ASCII.GetBytes(File.ReadAllText(Path.Join(folder, "site.key")).Trim());
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Join(folder, "controller.pem")));
        var print = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        _agents = [.. Enumerable.Range(0, nodes).Select(number => new FleetAgent(number, port, key, print, _time.GetUtcNow()))];
        _running = Array.ConvertAll(_agents, agent => agent.RunAsync(_time, _end.Token));
    }

    public async Task ObeyAsync(TextReader orders, TextWriter answers)
    {
        while (await orders.ReadLineAsync() is { } line)
        {
            await answers.WriteLineAsync(line.Split(' ') switch
            {
                ["heard"] => Heard(),
                ["fail", var first, var count, var step] => await FailAsync(Number(first), Number(count), Number(step)),
                ["heal", var first, var count, var step] => Heal(Number(first), Number(count), Number(step)),
                _ => throw new InvalidOperationException($"not understood: {line}"),
            });
            await answers.FlushAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var agent in _agents) agent.Dispose();
        _end.Dispose();
    }

    private string Heard() => string.Create(CultureInfo.InvariantCulture, $"{{\"heard\":{_agents.Count(agent => agent.IsHeard)},\"refusals\":{_agents.Sum(agent => agent.Refusals)}}}");

    private async Task<string> FailAsync(int first, int count, int step)
    {
        var failing = Some(first, count, step).ToList();
        var began = _time.GetTimestamp();
        foreach (var agent in failing) agent.Fail(_time.GetUtcNow());
        while (failing.Exists(agent => agent.Told is null) && _time.GetElapsedTime(began) < TimeSpan.FromMinutes(2)) await Task.Delay(TimeSpan.FromMilliseconds(20), _time);
        var stored = failing.Where(agent => agent.Told is not null).Select(agent => agent.Told!.Value.Answered.TotalMilliseconds).Order().ToList();
        return stored.Count == 0 ? "{\"stored\":0}" : string.Create(CultureInfo.InvariantCulture, $"{{\"stored\":{stored.Count},\"p50_ms\":{stored[stored.Count / 2]:0.0},\"p99_ms\":{stored[(int)(0.99 * (stored.Count - 1))]:0.0}}}");
    }

    private string Heal(int first, int count, int step)
    {
        foreach (var agent in Some(first, count, step)) agent.Heal();
        return "{}";
    }

    private IEnumerable<FleetAgent> Some(int first, int count, int step) => Enumerable.Range(0, count).Select(number => _agents[first + (number * step)]);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
