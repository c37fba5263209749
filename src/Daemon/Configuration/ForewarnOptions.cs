using Forewarn.Predict.Catalogs;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Configuration;

/// <summary>The whole configuration, checked; immutable. A reload makes a new one.</summary>
internal sealed class ForewarnOptions
{
    /// <summary>[Agent]</summary>
    public required AgentOptions Agent { get; init; }

    /// <summary>[Sampling]</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>[Source.NAME], one for each source that the program knows, by name.</summary>
    public required IReadOnlyDictionary<string, SourceOptions> Sources { get; init; }

    /// <summary>[KernelLog]</summary>
    public required KernelLogOptions KernelLog { get; init; }

    /// <summary>[Events]</summary>
    public required EventOptions Events { get; init; }

    /// <summary>[Simulation]</summary>
    public required SimulationOptions Simulation { get; init; }

    /// <summary>[Xid.N] and [Sxid.N]: the rows of the catalogues that the site changed.</summary>
    public required CatalogOverrides ErrorCodes { get; init; }

    /// <summary>[Influx]</summary>
    public required InfluxOptions Influx { get; init; }

    /// <summary>[Rules] and [Rule.NAME]: what is set for each rule, by its name.</summary>
    public required IReadOnlyDictionary<string, RuleSettings> Rules { get; init; }

    /// <summary>[Prometheus]</summary>
    public required PrometheusOptions Prometheus { get; init; }

    /// <summary>[Slurm]</summary>
    public required SlurmOptions Slurm { get; init; }

    /// <summary>[Fleet]</summary>
    public required FleetOptions Fleet { get; init; }

    /// <summary>[Reports]</summary>
    public required ReportOptions Reports { get; init; }

    /// <summary>[Recovery]</summary>
    public required RecoveryOptions Recovery { get; init; }

    /// <summary>[Topology]</summary>
    public required TopologyOptions Topology { get; init; }
}
