using System.Text;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>Reads the stream of events and goes on where it was after an agent that was restarted; says so on stderr.</summary>
/// <param name="client">Asks.</param>
/// <param name="surroundings">Where is said that somebody is away.</param>
/// <param name="path">The stream, with what is asked of it.</param>
/// <param name="last">What was seen already.</param>
/// <param name="server">Who is asked.</param>
internal sealed class EventFollower(AgentClient client, CommandSurroundings surroundings, string path, string last, ServerName server)
{
    // An agent's restart takes two seconds.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string _last = last;
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
            var (data, name) = ("", "");
            await foreach (var line in client.ReadLinesAsync(path, _last, cancellation))
            {
                if (_isAway) surroundings.Terminal.WriteError($"forewarn: the {server.Name} is back; going on after event {_last}");
                _isAway = false;
                if (line.StartsWith("id: ", StringComparison.Ordinal)) _last = line[4..];
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                if (line.Length > 0 || data.Length == 0) continue;
                if (name is "cut" or "gap") surroundings.Terminal.WriteError($"forewarn: {AgentClient.Read(Encoding.UTF8.GetBytes(data), RecoveryApiJson.Default.StreamNotice).Text}");
                else tell(data);
                (data, name) = ("", "");
            }

            Away($"the {server.Name} ended the stream");
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
