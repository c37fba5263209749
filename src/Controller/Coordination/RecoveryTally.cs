using Forewarn.Controller.Incidents;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>
/// What came of troubles and moves, counted out of the journal's lines in their order: read from its beginning the counts go on over restarts. Knows no clock. Any thread.
/// </summary>
public sealed class RecoveryTally
{
    /// <summary>Own figure: so many recoveries their percentiles are taken over; a year of a cluster that moves five jobs a week.</summary>
    public const int Window = 256;

    private const double MinutesInHour = 60;

    private readonly Lock _gate = new();
    private readonly long[] _incidents = new long[Enum.GetValues<IncidentOutcome>().Length];
    private readonly (long Count, TimeSpan Time)[] _steps = new (long, TimeSpan)[Enum.GetValues<RecoveryStep>().Length];
    private readonly Queue<double> _recoveries = new();
    private long _recovered;
    private double _recoverySeconds;
    private double _estimatedHours;
    private double _observedHours;

    /// <summary>GPU-hours that recoveries have saved: by what was expected when they were decided (<see cref="Decisions.Decision.Saved"/>), and by what was seen (<see cref="JobRecovery.Kept"/>).</summary>
    public (double Estimated, double Observed) SavedGpuHours
    {
        get
        {
            lock (_gate) return (_estimatedHours, _observedHours);
        }
    }

    /// <summary>Troubles that were closed with this outcome.</summary>
    public long Incidents(IncidentOutcome outcome)
    {
        lock (_gate) return _incidents[(int)outcome];
    }

    /// <summary>How often moves left this step, and how long they had been there in all.</summary>
    public (long Count, TimeSpan Time) Step(RecoveryStep step)
    {
        lock (_gate) return _steps[(int)step];
    }

    /// <summary>Recoveries from the first evidence until the job ran on its new nodes: all of them, and by these shares of the last <see cref="Window"/>, in seconds. NaN where there was none.</summary>
    public (long Count, double Seconds, double[] Quantiles) Recoveries(params ReadOnlySpan<double> shares)
    {
        lock (_gate)
        {
            double[] sorted = [.. _recoveries.Order()];
            var quantiles = new double[shares.Length];
            for (var i = 0; i < quantiles.Length; i++) quantiles[i] = sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(shares[i] * sorted.Length) - 1)];
            return (_recovered, _recoverySeconds, quantiles);
        }
    }

    /// <summary>Counts one line.</summary>
    /// <param name="before">The journal up to it.</param>
    /// <param name="entry">The line.</param>
    public void Count(ControllerState before, JournalEntry entry)
    {
        lock (_gate)
        {
            switch (entry)
            {
                case JournalEntry.OfIncident({ IsOpen: false } incident) when before.Incidents.GetValueOrDefault(incident.Id) is { IsOpen: true }:
                    _incidents[(int)IncidentOutcomes.Of(before, incident)]++;
                    break;
                case JournalEntry.OfRecovery(var move) when before.Recoveries.GetValueOrDefault(move.Job) is { } was && was.Incident == move.Incident && was.Step != move.Step:
                    Leave(was, entry.At);
                    if (move.Step == RecoveryStep.Detaching && before.Incidents.GetValueOrDefault(move.Incident) is { } trouble) Recover(trouble, entry.At);
                    if (move is { Step: RecoveryStep.Closed, Outcome: RecoveryOutcome.Recovered })
                    {
                        _estimatedHours += (before.Decisions.GetValueOrDefault((move.Incident, move.Job))?.Decision?.Saved ?? 0) / MinutesInHour;
                        _observedHours += move.Cards * move.Kept.TotalHours;
                    }

                    break;
            }
        }
    }

    // A clock that was set back takes nothing away.
    private void Leave(JobRecovery was, DateTimeOffset at)
    {
        var (count, time) = _steps[(int)was.Step];
        _steps[(int)was.Step] = (count + 1, time + Passed(was.StepSince, at));
    }

    private void Recover(Incident trouble, DateTimeOffset at)
    {
        var seconds = Passed(trouble.Opened, at).TotalSeconds;
        _recovered++;
        _recoverySeconds += seconds;
        if (_recoveries.Count == Window) _recoveries.Dequeue();
        _recoveries.Enqueue(seconds);
    }

    private static TimeSpan Passed(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;
}
