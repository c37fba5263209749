using Forewarn.Model;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>What a card in good order reads, of every signal that there is.</summary>
internal static class HealthyCard
{
    private const int Links = 18;

    /// <summary>Counters of what no card in good order has, whatever counts it.</summary>
    private static readonly SignalId[] Never =
    [
        SignalId.EccUncorrected, SignalId.EccUncorrectedDram, SignalId.EccUncorrectedSram, SignalId.EccUncorrectedL1Cache, SignalId.EccUncorrectedL2Cache,
        SignalId.EccUncorrectedRegisterFile, SignalId.EccUncorrectedTexture, SignalId.EccUncorrectedControl, SignalId.PcieErrorsFatal, SignalId.LinkRecoveriesFailed,
        SignalId.RemappedRowsUncorrectable,
    ];

    /// <summary>Reads all of them; each counter shows this, its energy apart.</summary>
    public static void Read(TestNode node, int card, double count, double joules)
    {
        foreach (var signal in SignalCatalog.All)
        {
            for (ushort instance = 0; instance < (signal.InstanceLabel is null ? 1 : Links); instance++) node.Read(card, signal.Id, Value(signal, count, joules), instance);
        }
    }

    /// <summary>What it reads of one signal.</summary>
    public static double Value(Signal signal, double count, double joules) => signal.Id switch
    {
        SignalId.Energy => joules,
        SignalId.TemperatureGpu or SignalId.TemperatureMemory or SignalId.TemperatureMargin => 45,
        SignalId.TemperatureTLimitShutdown or SignalId.TemperatureTLimitSlowdown => -2,
        SignalId.PowerLimit => 700,
        SignalId.PcieLinkWidth or SignalId.PcieLinkWidthMax => 16,
        SignalId.PcieLinkGeneration or SignalId.PcieLinkGenerationMax => 5,
        SignalId.EccEnabled or SignalId.EccDefault or SignalId.EccPending or SignalId.ConfigurationImageValid or SignalId.PersistenceEnabled => 1,
        SignalId.LinkUp or SignalId.CoherentLinkUp or SignalId.FabricHealth or SignalId.FabricMisconfiguration => 1,
        SignalId.FabricState => 3,
        SignalId.FanRevolutions => 3000,
        _ when Never.Contains(signal.Id) => 0,
        _ when signal.Family.Kind == SignalKind.Counter => count,
        _ when signal.Family.Kind == SignalKind.State => 0,
        _ => signal.Family.Unit switch
        {
            SignalUnit.Celsius => 89,
            SignalUnit.Watts => 400,
            SignalUnit.Ratio when !signal.Family.Name.Contains("bit_error", StringComparison.Ordinal) => 0.6,
            _ => 0,
        },
    };
}
