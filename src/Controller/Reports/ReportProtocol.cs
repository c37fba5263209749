namespace Forewarn.Controller.Reports;

/// <summary>What agents and controllers have agreed on.</summary>
public static class ReportProtocol
{
    /// <summary>The version that is spoken here. A controller takes this one and the one before it; fields that it does not know are skipped.</summary>
    public const int Version = 1;

    /// <summary>The oldest version that a controller of today understands.</summary>
    public const int Oldest = 1;

    /// <summary>Where an agent posts its reports: one JSON object, gzip.</summary>
    public const string Path = "/v1/reports";

    /// <summary>How often an agent says that it is there, when nothing happens.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an agent leaves a controller alone at most that did not answer. Ten thousand nodes spread over half a minute are some 330 a second; all are heard within a minute of
    /// its return.
    /// </summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Most transitions in one report; the rest follow in the next one at once.</summary>
    public const int MostTransitions = 500;

    /// <summary>True for a version that a controller of today understands.</summary>
    public static bool Understands(int version) => version is >= Oldest and <= Version;
}
