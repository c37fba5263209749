using System.Globalization;

namespace Forewarn.Daemon.Cli;

/// <summary>Reads the stream of events and goes on where it was after an agent that was restarted; says so on stderr.</summary>
internal sealed class EventFollower(AgentClient client, CommandSurroundings surroundings, string query, long last)
{
    // An agent's restart takes two seconds.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long _last = last;
    private bool _isAway;

    /// <summary>Until it is cancelled: that is how it ends.</summary>
    public async Task RunAsync(Action<string> tell, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await FollowAsync(tell, cancellation);
                await Task.Delay(Pause, surroundings.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C.
        }
    }

    private async Task FollowAsync(Action<string> tell, CancellationToken cancellation)
    {
        try
        {
            var data = "";
            await foreach (var line in client.ReadLinesAsync("/v1/events/stream" + query, _last, cancellation))
            {
                if (_isAway) surroundings.Terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"forewarn: the agent is back; going on after event {_last}"));
                _isAway = false;
                if (line.StartsWith("id: ", StringComparison.Ordinal)) _last = long.Parse(line.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture);
                if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                if (line.Length > 0 || data.Length == 0) continue;
                tell(data);
                data = "";
            }

            Away("the agent ended the stream");
        }
        catch (CommandFailedException failed)
        {
            Away(failed.Message.Split('\n')[0]);
        }
    }

    private void Away(string why)
    {
        if (!_isAway) surroundings.Terminal.WriteError($"forewarn: {why}; waiting for it");
        _isAway = true;
    }
}
