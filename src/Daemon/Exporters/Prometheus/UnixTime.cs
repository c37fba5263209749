namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>Times as Prometheus wants them: seconds since 1970 with a fraction, here down to milliseconds.</summary>
internal static class UnixTime
{
    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1e3;
}
