namespace Forewarn.Predict.Peers;

/// <summary>What is compared between the cards of a node. The numbers are kept on disk: new ones are added at the end.</summary>
internal enum PeerSignal : byte
{
    /// <summary>Clock of the processors, against the siblings' as a ratio.</summary>
    Clock,

    /// <summary>Power drawn, against the siblings' as a ratio.</summary>
    Power,

    /// <summary>Temperature of the chip, in degrees above the siblings'.</summary>
    Temperature,

    /// <summary>Temperature of the memory, in degrees above the siblings'.</summary>
    MemoryTemperature,

    /// <summary>Time that the vendor calls of a turn took, against the siblings' as a ratio.</summary>
    CallTime,
}
