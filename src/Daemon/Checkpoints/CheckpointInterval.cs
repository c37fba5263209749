namespace Forewarn.Daemon.Checkpoints;

/// <summary>
/// How often to checkpoint, and what share of its time a job then makes progress (ETTR). Failures come at random with a constant rate; times are those during which the job
/// stands still: a checkpoint that is written beside the work costs only what it holds the work up.
/// </summary>
/// <param name="Cost">Seconds that one checkpoint holds the job up; above 0.</param>
/// <param name="MeanTimeToFailure">Seconds between two failures of the whole job; above 0.</param>
/// <param name="Restart">Seconds from a failure until the job works again where its checkpoint was.</param>
internal sealed record CheckpointInterval(double Cost, double MeanTimeToFailure, double Restart)
{
    /// <summary>
    /// Failures of a node in a day. 6.50 in 1,000 node-days were seen on Meta's cluster RSC-1 over eleven months (Kokolis et al., "Revisiting Reliability in Large-Scale
    /// Machine Learning Research Clusters", arXiv 2410.21680); on its sister RSC-2, 2.34.
    /// </summary>
    public const double UsualFailuresPerNodeDay = 6.50e-3;

    /// <summary>
    /// Seconds: 6.47 minutes from stop to the next step of a restart on 1,024 GPUs: stop, schedule, load, collectives, warm-up (TrainMover, arXiv 2412.12636).
    /// </summary>
    public const double UsualRestart = 6.47 * 60;

    /// <summary>Seconds of work between two checkpoints, sqrt(2 · cost · mean time to failure) (Young 1974, Daly 2006), and never more than the mean time itself.</summary>
    public double Best => IsHopeless ? MeanTimeToFailure : Math.Sqrt(2 * Cost * MeanTimeToFailure);

    /// <summary>The cost is over half the mean time to failure: there the formula does not hold (Daly 2006, section 3.5), and the job hardly moves.</summary>
    public bool IsHopeless => Cost >= MeanTimeToFailure / 2;

    /// <summary>The mean time between failures of a job on so many nodes.</summary>
    public static double MeanTime(double nodes, double failuresPerNodeDay) => 86_400 / (nodes * failuresPerNodeDay);

    /// <summary>
    /// Share of the time in which the job makes progress that stays, from 0 to 1: work over expected time, M·e^(R/M)·(e^((τ+w)/M) − 1) for τ seconds of work (Daly 2006,
    /// equation 20). Waiting for a place in the queue belongs to the restart.
    /// </summary>
    /// <param name="interval">Seconds of work between two checkpoints.</param>
    public double EffectiveShare(double interval) =>
        interval / (MeanTimeToFailure * Math.Exp(Restart / MeanTimeToFailure) * (Math.Exp((interval + Cost) / MeanTimeToFailure) - 1));

    /// <summary>Share of the time that goes into writing checkpoints when nothing fails.</summary>
    public double WritingShare(double interval) => Cost / (interval + Cost);

    /// <summary>Seconds that a failure costs on average: half an interval of work, and the restart.</summary>
    public double LostPerFailure(double interval) => ((interval + Cost) / 2) + Restart;
}
