namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>One line of the kernel log on its way through the parsers.</summary>
/// <param name="Text">Without the kernel's escapes.</param>
/// <param name="Level">syslog(3): 0 emergency to 7 debug.</param>
/// <param name="PciFunction">The function that the record's dictionary names; "" for most.</param>
internal readonly record struct KernelLine(string Text, int Level, string PciFunction)
{
    /// <summary>Its record quotes a process: only families that are of processes may read it.</summary>
    public bool QuotesProcess { get; init; }

    /// <summary>KERN_ERR and worse.</summary>
    public bool IsError => Level <= 3;

    /// <summary>KERN_WARNING and worse.</summary>
    public bool IsWarning => Level <= 4;
}
