using System.Collections.Immutable;

namespace Forewarn.Predict.Rules;

/// <summary>Every rule there is, by name.</summary>
public static class RuleList
{
    /// <summary>A line each; the name is the key of the configuration, the label of the metric and the file of the runbook.</summary>
    public static ImmutableArray<IHealthRule> All { get; } =
    [
        new ApplicationError(),
        new ApplicationErrorRepeats(),
        new ChipLinkCorrected(),
        new CorrectedErrorStorm(),
        new DeviceUnavailable(),
        new DriverError(),
        new FirmwareStalled(),
        new LinkError(),
        new LinkUnitError(),
        new MemoryErrorEscaped(),
        new MemoryRetired(),
        new MemoryRetirementFailed(),
        new OffTheBus(),
        new PoisonContained(),
        new PoisonUncontained(),
        new RecoveryAdvised(),
        new RemoteAccessFault(),
        new RowRemapFailed(),
        new SwitchError(),
        new UncorrectableMemoryError(),
    ];
}
