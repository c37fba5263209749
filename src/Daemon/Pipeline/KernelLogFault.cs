namespace Forewarn.Daemon.Pipeline;

/// <summary>Why a record of the kernel log was not taken.</summary>
internal enum KernelLogFault : byte
{
    /// <summary>It was.</summary>
    None,

    /// <summary>Not written by the kernel: whoever may write to the log could have made it up.</summary>
    NotKernel,

    /// <summary>It does not have a record's form.</summary>
    Malformed,

    /// <summary>Its end is missing.</summary>
    Torn,

    /// <summary>Longer than any buffer that we would make for it.</summary>
    TooLarge,
}
