namespace Forewarn.Predict.History;

/// <summary>What became of what an earlier run remembered of a device.</summary>
public enum MemoryState : byte
{
    /// <summary>There was nothing.</summary>
    None,

    /// <summary>It is remembered again.</summary>
    Loaded,

    /// <summary>It was written by another version; the device starts with nothing.</summary>
    OtherVersion,

    /// <summary>It is cut short or altered; the device starts with nothing.</summary>
    Torn,
}
