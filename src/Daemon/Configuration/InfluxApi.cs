namespace Forewarn.Daemon.Configuration;

/// <summary>Which of InfluxDB's three ways of writing a server takes.</summary>
internal enum InfluxApi : byte
{
    /// <summary><c>/write?db=</c>: InfluxDB 1, VictoriaMetrics, Telegraf's listener.</summary>
    V1,

    /// <summary><c>/api/v2/write?org=&amp;bucket=</c>: InfluxDB 2, VictoriaMetrics.</summary>
    V2,

    /// <summary><c>/api/v3/write_lp?db=</c>: InfluxDB 3.</summary>
    V3,
}
