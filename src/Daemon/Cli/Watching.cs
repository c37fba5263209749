namespace Forewarn.Daemon.Cli;

/// <summary>
/// Shows a picture again and again: in one place on a terminal, one below the other elsewhere. Ends after so many, on q, or when asked to.
/// An agent that goes away meanwhile, as one that is restarted does, is waited for.
/// </summary>
internal sealed class Watching(CommandSurroundings surroundings, TimeSpan interval, int? iterations)
{
    private IReadOnlyList<Line> _last = [];

    public async Task RunAsync(Func<CancellationToken, Task<IReadOnlyList<Line>>> picture, CancellationToken cancellation)
    {
        var terminal = surroundings.Terminal;
        if (iterations == 1 || !terminal.IsLive)
        {
            await RepeatAsync(picture, Append, cancellation);
            return;
        }

        _last = await picture(cancellation); // An agent that is not there is told before the page is turned.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var quit = QuitAsync(ending);
        using (var screen = new LiveScreen(terminal))
        {
            await RepeatAsync(picture, screen.Show, ending.Token);
        }

        terminal.Write(_last); // What was seen last stays.
        await ending.CancelAsync();
        await quit;
    }

    private async Task RepeatAsync(
        Func<CancellationToken, Task<IReadOnlyList<Line>>> picture, Action<IReadOnlyList<Line>> show, CancellationToken stop)
    {
        try
        {
            show(await TakeAsync(picture, stop));
            using var timer = new PeriodicTimer(interval, surroundings.Time);
            for (var shown = 1; shown != iterations; shown++)
            {
                await timer.WaitForNextTickAsync(stop);
                show(await TakeAsync(picture, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end: that is how a live view ends.
        }
    }

    private async Task<IReadOnlyList<Line>> TakeAsync(Func<CancellationToken, Task<IReadOnlyList<Line>>> picture, CancellationToken stop)
    {
        try
        {
            return _last = await picture(stop);
        }
        catch (CommandFailedException failed) when (_last.Count > 0)
        {
            var why = failed.Message.Split('\n')[0];
            return [.. WrappedText.Lines(why + "; tried again. Below is what was last known:", surroundings.Terminal.Width)
                .Select(text => new Line(text, Tone.Bad)), .. _last];
        }
    }

    private void Append(IReadOnlyList<Line> lines)
    {
        surroundings.Terminal.Write(lines);
        if (iterations != 1) surroundings.Terminal.Write(new Line(""));
        surroundings.Terminal.Output.Flush();
    }

    private async Task QuitAsync(CancellationTokenSource ending)
    {
        try
        {
            await surroundings.Quit(ending.Token).WaitAsync(ending.Token);
            await ending.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Ended otherwise.
        }
    }
}
