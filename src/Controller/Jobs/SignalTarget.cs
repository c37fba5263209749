namespace Forewarn.Controller.Jobs;

/// <summary>Who in a job gets its signal.</summary>
public enum SignalTarget : byte
{
    /// <summary>Its steps, not its script.</summary>
    Steps,

    /// <summary>Its script alone.</summary>
    Batch,

    /// <summary>Everything.</summary>
    Full,
}
