namespace Forewarn.Predict.Catalogs;

/// <summary>How far an error of a switch reaches: the classes of NVIDIA's Fabric Manager guide.</summary>
public enum SxidClass : byte
{
    /// <summary>The guide does not name it.</summary>
    Unclassed,

    /// <summary>Work goes on.</summary>
    NonFatal,

    /// <summary>Ends the work of the partition that the port belongs to; seen on the accelerator as Xid 74.</summary>
    FatalForPort,

    /// <summary>Ends the work of the whole fabric.</summary>
    AlwaysFatal,
}
